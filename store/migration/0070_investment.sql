-- Planned investments. No rows exist yet.

-- +goose Up

CREATE TABLE investment (
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
  name ${TEXT} NOT NULL,
  programme ${TEXT} NOT NULL,
  amount_fen ${INT} NOT NULL,
  funding ${TEXT},
  planned_on ${TEXT} NOT NULL,
  document ${TEXT},
  progress ${TEXT},
  CONSTRAINT investment_row PRIMARY KEY (row_no),
  CONSTRAINT investment_id UNIQUE (id)
) ${STRICT};
CREATE TABLE investment_past (
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
  name ${TEXT},
  programme ${TEXT},
  amount_fen ${INT},
  funding ${TEXT},
  planned_on ${TEXT},
  document ${TEXT},
  progress ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT investment_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX investment_began ON investment (began);
CREATE INDEX investment_past_began ON investment_past (began);
CREATE INDEX investment_past_ended ON investment_past (ended);
CREATE UNIQUE INDEX investment_key ON investment (number) WHERE state <> 'withdrawn';
CREATE INDEX investment_past_key ON investment_past (number);
