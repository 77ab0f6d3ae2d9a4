-- Emergency plans by edition. No rows exist yet.

-- +goose Up

CREATE TABLE plan (
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
  sort ${TEXT} NOT NULL,
  issued_on ${TEXT} NOT NULL,
  replaces ${TEXT},
  filed_on ${TEXT},
  evaluated_on ${TEXT},
  repealed_on ${TEXT},
  attachment ${TEXT},
  CONSTRAINT plan_row PRIMARY KEY (row_no),
  CONSTRAINT plan_id UNIQUE (id)
) ${STRICT};
CREATE TABLE plan_past (
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
  sort ${TEXT},
  issued_on ${TEXT},
  replaces ${TEXT},
  filed_on ${TEXT},
  evaluated_on ${TEXT},
  repealed_on ${TEXT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT plan_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX plan_began ON plan (began);
CREATE INDEX plan_past_began ON plan_past (began);
CREATE INDEX plan_past_ended ON plan_past (ended);
CREATE UNIQUE INDEX plan_key ON plan (number) WHERE state <> 'withdrawn';
CREATE INDEX plan_past_key ON plan_past (number);
