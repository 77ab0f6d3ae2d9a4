-- Long lists are read in the order of the days that they are kept by: an index with the number of the row, so that a page costs what is on it. The
-- rows that there are come into it.

-- +goose Up

CREATE INDEX hazard_by_found_on ON hazard (found_on, row_no);
CREATE INDEX voucher_by_paid_on ON voucher (paid_on, row_no);
CREATE INDEX enforcement_case_by_filed_on ON enforcement_case (filed_on, row_no);
CREATE INDEX public_report_by_received_on ON public_report (received_on, row_no);
CREATE INDEX call_out_by_called_on ON call_out (called_on, row_no);
CREATE INDEX evacuation_by_ordered_on ON evacuation (ordered_on, row_no);
