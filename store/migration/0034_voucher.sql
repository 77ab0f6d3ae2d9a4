-- Expenditure vouchers (支出凭证). No rows exist yet.

-- +goose Up

CREATE TABLE voucher (
  row_no ${INT} NOT NULL,
  id ${TEXT} NOT NULL,
  version ${INT} NOT NULL,
  state ${TEXT} NOT NULL,
  due_on ${TEXT},
  moved_by ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  ext ${TEXT},
  unit ${TEXT} NOT NULL,
  place ${TEXT},
  number ${TEXT} NOT NULL,
  paid_on ${TEXT} NOT NULL,
  summary ${TEXT} NOT NULL,
  budget ${TEXT} NOT NULL,
  function_code ${TEXT} NOT NULL,
  economic_code ${TEXT} NOT NULL,
  category ${TEXT} NOT NULL,
  project_code ${TEXT},
  fund_document ${TEXT},
  amount_fen ${INT} NOT NULL,
  payee ${TEXT},
  cost ${TEXT},
  three_public ${TEXT},
  CONSTRAINT voucher_row PRIMARY KEY (row_no),
  CONSTRAINT voucher_id UNIQUE (id)
) ${STRICT};
CREATE TABLE voucher_past (
  row_no ${INT} NOT NULL,
  id ${TEXT},
  version ${INT} NOT NULL,
  state ${TEXT},
  due_on ${TEXT},
  moved_by ${TEXT},
  began ${INT} NOT NULL,
  ext ${TEXT},
  unit ${TEXT},
  place ${TEXT},
  number ${TEXT},
  paid_on ${TEXT},
  summary ${TEXT},
  budget ${TEXT},
  function_code ${TEXT},
  economic_code ${TEXT},
  category ${TEXT},
  project_code ${TEXT},
  fund_document ${TEXT},
  amount_fen ${INT},
  payee ${TEXT},
  cost ${TEXT},
  three_public ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT voucher_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX voucher_began ON voucher (began);
CREATE INDEX voucher_past_began ON voucher_past (began);
CREATE INDEX voucher_past_ended ON voucher_past (ended);
CREATE UNIQUE INDEX voucher_key ON voucher (number) WHERE state <> 'withdrawn';
CREATE INDEX voucher_past_key ON voucher_past (number);
