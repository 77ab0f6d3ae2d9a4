-- Administrative enforcement cases with their penalty. No rows exist yet.

-- +goose Up

CREATE TABLE enforcement_case (
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
  cause ${TEXT} NOT NULL,
  source ${TEXT},
  procedure_kind ${TEXT},
  party ${TEXT},
  respondent ${TEXT},
  enterprise_id ${TEXT},
  filed_on ${TEXT} NOT NULL,
  decision_no ${TEXT},
  decided_on ${TEXT},
  penalty ${TEXT},
  fined_fen ${INT},
  served_on ${TEXT},
  paid_fen ${INT},
  paid_on ${TEXT},
  remitted_fen ${INT},
  revoked_fen ${INT},
  closed_on ${TEXT},
  attachment ${TEXT},
  CONSTRAINT enforcement_case_row PRIMARY KEY (row_no),
  CONSTRAINT enforcement_case_id UNIQUE (id)
) ${STRICT};
CREATE TABLE enforcement_case_past (
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
  cause ${TEXT},
  source ${TEXT},
  procedure_kind ${TEXT},
  party ${TEXT},
  respondent ${TEXT},
  enterprise_id ${TEXT},
  filed_on ${TEXT},
  decision_no ${TEXT},
  decided_on ${TEXT},
  penalty ${TEXT},
  fined_fen ${INT},
  served_on ${TEXT},
  paid_fen ${INT},
  paid_on ${TEXT},
  remitted_fen ${INT},
  revoked_fen ${INT},
  closed_on ${TEXT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT enforcement_case_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX enforcement_case_began ON enforcement_case (began);
CREATE INDEX enforcement_case_past_began ON enforcement_case_past (began);
CREATE INDEX enforcement_case_past_ended ON enforcement_case_past (ended);
CREATE UNIQUE INDEX enforcement_case_key ON enforcement_case (number) WHERE state <> 'withdrawn';
CREATE INDEX enforcement_case_past_key ON enforcement_case_past (number);
