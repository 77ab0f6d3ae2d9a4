-- Income (收入). No rows exist yet.

-- +goose Up

CREATE TABLE income (
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
  received_on ${TEXT} NOT NULL,
  source ${TEXT} NOT NULL,
  budget ${TEXT},
  document ${TEXT},
  amount_fen ${INT} NOT NULL,
  summary ${TEXT},
  CONSTRAINT income_row PRIMARY KEY (row_no),
  CONSTRAINT income_id UNIQUE (id)
) ${STRICT};
CREATE TABLE income_past (
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
  received_on ${TEXT},
  source ${TEXT},
  budget ${TEXT},
  document ${TEXT},
  amount_fen ${INT},
  summary ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT income_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX income_began ON income (began);
CREATE INDEX income_past_began ON income_past (began);
CREATE INDEX income_past_ended ON income_past (ended);
CREATE UNIQUE INDEX income_key ON income (number) WHERE state <> 'withdrawn';
CREATE INDEX income_past_key ON income_past (number);
