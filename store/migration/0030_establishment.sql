-- Approved posts (编制). No rows exist yet.

-- +goose Up

CREATE TABLE establishment (
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
  posts ${INT} NOT NULL,
  document ${TEXT} NOT NULL,
  from_on ${TEXT} NOT NULL,
  until_on ${TEXT},
  CONSTRAINT establishment_row PRIMARY KEY (row_no),
  CONSTRAINT establishment_id UNIQUE (id)
) ${STRICT};
CREATE TABLE establishment_past (
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
  posts ${INT},
  document ${TEXT},
  from_on ${TEXT},
  until_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT establishment_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX establishment_began ON establishment (began);
CREATE INDEX establishment_past_began ON establishment_past (began);
CREATE INDEX establishment_past_ended ON establishment_past (ended);
CREATE UNIQUE INDEX establishment_key ON establishment (number) WHERE state <> 'withdrawn';
CREATE INDEX establishment_past_key ON establishment_past (number);
