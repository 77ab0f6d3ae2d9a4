-- Awards and model cases. No rows exist yet.

-- +goose Up

CREATE TABLE recognition (
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
  title ${TEXT} NOT NULL,
  recipient ${TEXT},
  level ${TEXT} NOT NULL,
  issuer ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  awarded_on ${TEXT} NOT NULL,
  quote ${TEXT},
  attachment ${TEXT},
  CONSTRAINT recognition_row PRIMARY KEY (row_no),
  CONSTRAINT recognition_id UNIQUE (id)
) ${STRICT};
CREATE TABLE recognition_past (
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
  title ${TEXT},
  recipient ${TEXT},
  level ${TEXT},
  issuer ${TEXT},
  document ${TEXT},
  awarded_on ${TEXT},
  quote ${TEXT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT recognition_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX recognition_began ON recognition (began);
CREATE INDEX recognition_past_began ON recognition_past (began);
CREATE INDEX recognition_past_ended ON recognition_past (ended);
CREATE UNIQUE INDEX recognition_key ON recognition (number) WHERE state <> 'withdrawn';
CREATE INDEX recognition_past_key ON recognition_past (number);
