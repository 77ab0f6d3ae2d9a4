-- Publicity actions. No rows exist yet.

-- +goose Up

CREATE TABLE publicity (
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
  title ${TEXT} NOT NULL,
  held_on ${TEXT} NOT NULL,
  setting ${TEXT},
  topic ${TEXT},
  reached ${INT},
  materials ${INT},
  attachment ${TEXT},
  CONSTRAINT publicity_row PRIMARY KEY (row_no),
  CONSTRAINT publicity_id UNIQUE (id)
) ${STRICT};
CREATE TABLE publicity_past (
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
  title ${TEXT},
  held_on ${TEXT},
  setting ${TEXT},
  topic ${TEXT},
  reached ${INT},
  materials ${INT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT publicity_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX publicity_began ON publicity (began);
CREATE INDEX publicity_past_began ON publicity_past (began);
CREATE INDEX publicity_past_ended ON publicity_past (ended);
CREATE UNIQUE INDEX publicity_key ON publicity (number) WHERE state <> 'withdrawn';
CREATE INDEX publicity_past_key ON publicity_past (number);
