-- Long lists are read in the order of the days that they are kept by: an index in which the columns of most filters stand too, so that a record is
-- fetched only when it is shown. The rows that there are come into it.

-- +goose Up

CREATE INDEX hazard_by_found_on ON hazard (found_on, row_no, state, unit, grade);
CREATE INDEX voucher_by_paid_on ON voucher (paid_on, row_no, state, unit, budget, economic_code, category);
CREATE INDEX enforcement_case_by_filed_on ON enforcement_case (filed_on, row_no, state, unit);
CREATE INDEX call_out_by_called_on ON call_out (called_on, row_no, state, unit, result);
CREATE INDEX evacuation_by_ordered_on ON evacuation (ordered_on, row_no, state, unit, cause);
CREATE INDEX public_report_by_received_on ON public_report (received_on, row_no, state, unit, subject);
