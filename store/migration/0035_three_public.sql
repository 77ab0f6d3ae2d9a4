-- Budgets of the three publics (三公经费预算). No rows exist yet.

-- +goose Up

CREATE TABLE three_public (
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
  given_on ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  expense ${TEXT} NOT NULL,
  amount_fen ${INT} NOT NULL,
  CONSTRAINT three_public_row PRIMARY KEY (row_no),
  CONSTRAINT three_public_id UNIQUE (id)
) ${STRICT};
CREATE TABLE three_public_past (
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
  given_on ${TEXT},
  document ${TEXT},
  expense ${TEXT},
  amount_fen ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT three_public_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX three_public_began ON three_public (began);
CREATE INDEX three_public_past_began ON three_public_past (began);
CREATE INDEX three_public_past_ended ON three_public_past (ended);
CREATE UNIQUE INDEX three_public_key ON three_public (number) WHERE state <> 'withdrawn';
CREATE INDEX three_public_past_key ON three_public_past (number);
