-- Risk bulletins of the bureau itself. No rows exist yet.

-- +goose Up

CREATE TABLE warning_bulletin (
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
  form ${TEXT} NOT NULL,
  title ${TEXT} NOT NULL,
  topic ${TEXT},
  occasion ${TEXT},
  issued_on ${TEXT} NOT NULL,
  audience ${TEXT},
  advice ${TEXT},
  attachment ${TEXT},
  CONSTRAINT warning_bulletin_row PRIMARY KEY (row_no),
  CONSTRAINT warning_bulletin_id UNIQUE (id)
) ${STRICT};
CREATE TABLE warning_bulletin_past (
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
  form ${TEXT},
  title ${TEXT},
  topic ${TEXT},
  occasion ${TEXT},
  issued_on ${TEXT},
  audience ${TEXT},
  advice ${TEXT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT warning_bulletin_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX warning_bulletin_began ON warning_bulletin (began);
CREATE INDEX warning_bulletin_past_began ON warning_bulletin_past (began);
CREATE INDEX warning_bulletin_past_ended ON warning_bulletin_past (ended);
CREATE UNIQUE INDEX warning_bulletin_key ON warning_bulletin (number) WHERE state <> 'withdrawn';
CREATE INDEX warning_bulletin_past_key ON warning_bulletin_past (number);
