-- Balances carried over (结转结余). No rows exist yet.

-- +goose Up

CREATE TABLE carry_over (
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
  sort ${TEXT} NOT NULL,
  budget ${TEXT} NOT NULL,
  category ${TEXT} NOT NULL,
  project_code ${TEXT},
  amount_fen ${INT} NOT NULL,
  from_on ${TEXT} NOT NULL,
  until_on ${TEXT},
  document ${TEXT},
  CONSTRAINT carry_over_row PRIMARY KEY (row_no),
  CONSTRAINT carry_over_id UNIQUE (id)
) ${STRICT};
CREATE TABLE carry_over_past (
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
  sort ${TEXT},
  budget ${TEXT},
  category ${TEXT},
  project_code ${TEXT},
  amount_fen ${INT},
  from_on ${TEXT},
  until_on ${TEXT},
  document ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT carry_over_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX carry_over_began ON carry_over (began);
CREATE INDEX carry_over_past_began ON carry_over_past (began);
CREATE INDEX carry_over_past_ended ON carry_over_past (ended);
CREATE UNIQUE INDEX carry_over_key ON carry_over (number) WHERE state <> 'withdrawn';
CREATE INDEX carry_over_past_key ON carry_over_past (number);
