-- Demonstration places by the document that named them. No rows exist yet.

-- +goose Up

CREATE TABLE demonstration (
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
  level ${TEXT} NOT NULL,
  score ${INT},
  awarded_on ${TEXT} NOT NULL,
  issuer ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  revoked_on ${TEXT},
  attachment ${TEXT},
  CONSTRAINT demonstration_row PRIMARY KEY (row_no),
  CONSTRAINT demonstration_id UNIQUE (id)
) ${STRICT};
CREATE TABLE demonstration_past (
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
  level ${TEXT},
  score ${INT},
  awarded_on ${TEXT},
  issuer ${TEXT},
  document ${TEXT},
  revoked_on ${TEXT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT demonstration_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX demonstration_began ON demonstration (began);
CREATE INDEX demonstration_past_began ON demonstration_past (began);
CREATE INDEX demonstration_past_ended ON demonstration_past (ended);
CREATE UNIQUE INDEX demonstration_key ON demonstration (number) WHERE state <> 'withdrawn';
CREATE INDEX demonstration_past_key ON demonstration_past (number);
