-- Lines of final accounts, and what lies between them and the vouchers. No rows exist yet.

-- +goose Up

CREATE TABLE final_accounts_line (
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
  entity ${TEXT} NOT NULL,
  year ${INT} NOT NULL,
  table_no ${TEXT} NOT NULL,
  table_line ${INT} NOT NULL,
  item ${TEXT},
  name ${TEXT} NOT NULL,
  project ${TEXT},
  functional_class ${TEXT},
  economic_class ${TEXT},
  amount_fen ${INT} NOT NULL,
  edition ${TEXT} NOT NULL,
  CONSTRAINT final_accounts_line_row PRIMARY KEY (row_no),
  CONSTRAINT final_accounts_line_id UNIQUE (id)
) ${STRICT};
CREATE TABLE final_accounts_line_past (
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
  entity ${TEXT},
  year ${INT},
  table_no ${TEXT},
  table_line ${INT},
  item ${TEXT},
  name ${TEXT},
  project ${TEXT},
  functional_class ${TEXT},
  economic_class ${TEXT},
  amount_fen ${INT},
  edition ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT final_accounts_line_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX final_accounts_line_began ON final_accounts_line (began);
CREATE INDEX final_accounts_line_past_began ON final_accounts_line_past (began);
CREATE INDEX final_accounts_line_past_ended ON final_accounts_line_past (ended);
CREATE UNIQUE INDEX final_accounts_line_key ON final_accounts_line (entity, year, table_no, table_line, edition) WHERE state <> 'withdrawn';
CREATE INDEX final_accounts_line_past_key ON final_accounts_line_past (entity, year, table_no, table_line, edition);
CREATE TABLE reconciliation (
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
  entity ${TEXT} NOT NULL,
  year ${INT} NOT NULL,
  item ${TEXT} NOT NULL,
  cause ${TEXT} NOT NULL,
  amount_fen ${INT} NOT NULL,
  document ${TEXT} NOT NULL,
  note ${TEXT},
  CONSTRAINT reconciliation_row PRIMARY KEY (row_no),
  CONSTRAINT reconciliation_id UNIQUE (id)
) ${STRICT};
CREATE TABLE reconciliation_past (
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
  entity ${TEXT},
  year ${INT},
  item ${TEXT},
  cause ${TEXT},
  amount_fen ${INT},
  document ${TEXT},
  note ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT reconciliation_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX reconciliation_began ON reconciliation (began);
CREATE INDEX reconciliation_past_began ON reconciliation_past (began);
CREATE INDEX reconciliation_past_ended ON reconciliation_past (ended);
CREATE UNIQUE INDEX reconciliation_key ON reconciliation (number) WHERE state <> 'withdrawn';
CREATE INDEX reconciliation_past_key ON reconciliation_past (number);
