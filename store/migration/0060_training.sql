-- Trainings. No rows exist yet.

-- +goose Up

CREATE TABLE training (
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
  began_on ${TEXT} NOT NULL,
  ended_on ${TEXT},
  audience ${TEXT},
  provider ${TEXT},
  hours ${INT},
  participants ${INT},
  examined ${INT},
  passed ${INT},
  attachment ${TEXT},
  CONSTRAINT training_row PRIMARY KEY (row_no),
  CONSTRAINT training_id UNIQUE (id)
) ${STRICT};
CREATE TABLE training_past (
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
  began_on ${TEXT},
  ended_on ${TEXT},
  audience ${TEXT},
  provider ${TEXT},
  hours ${INT},
  participants ${INT},
  examined ${INT},
  passed ${INT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT training_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX training_began ON training (began);
CREATE INDEX training_past_began ON training_past (began);
CREATE INDEX training_past_ended ON training_past (ended);
CREATE UNIQUE INDEX training_key ON training (number) WHERE state <> 'withdrawn';
CREATE INDEX training_past_key ON training_past (number);
