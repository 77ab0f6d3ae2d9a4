-- Enterprises under supervision. No rows exist yet.

-- +goose Up

CREATE TABLE enterprise (
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
  credit_code ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  industry ${TEXT} NOT NULL,
  from_on ${TEXT} NOT NULL,
  until_on ${TEXT},
  CONSTRAINT enterprise_row PRIMARY KEY (row_no),
  CONSTRAINT enterprise_id UNIQUE (id)
) ${STRICT};
CREATE TABLE enterprise_past (
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
  credit_code ${TEXT},
  name ${TEXT},
  industry ${TEXT},
  from_on ${TEXT},
  until_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT enterprise_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX enterprise_began ON enterprise (began);
CREATE INDEX enterprise_past_began ON enterprise_past (began);
CREATE INDEX enterprise_past_ended ON enterprise_past (ended);
CREATE UNIQUE INDEX enterprise_key ON enterprise (credit_code) WHERE state <> 'withdrawn';
CREATE INDEX enterprise_past_key ON enterprise_past (credit_code);
