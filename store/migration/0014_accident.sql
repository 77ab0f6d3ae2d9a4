-- Accidents with their casualties. No rows exist yet.

-- +goose Up

CREATE TABLE accident (
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
  occurred_on ${TEXT} NOT NULL,
  enterprise_name ${TEXT},
  summary ${TEXT},
  loss_fen ${INT},
  grade ${TEXT},
  CONSTRAINT accident_row PRIMARY KEY (row_no),
  CONSTRAINT accident_id UNIQUE (id)
) ${STRICT};
CREATE TABLE accident_past (
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
  occurred_on ${TEXT},
  enterprise_name ${TEXT},
  summary ${TEXT},
  loss_fen ${INT},
  grade ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT accident_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX accident_began ON accident (began);
CREATE INDEX accident_past_began ON accident_past (began);
CREATE INDEX accident_past_ended ON accident_past (ended);
CREATE UNIQUE INDEX accident_key ON accident (number) WHERE state <> 'withdrawn';
CREATE INDEX accident_past_key ON accident_past (number);
CREATE TABLE accident_casualty (
  accident_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  name ${TEXT},
  fate ${TEXT} NOT NULL,
  CONSTRAINT accident_casualty_line PRIMARY KEY (accident_id, line_no)
) ${STRICT};
CREATE TABLE accident_casualty_past (
  accident_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  name ${TEXT},
  fate ${TEXT},
  CONSTRAINT accident_casualty_past_line PRIMARY KEY (accident_id, began, line_no)
) ${STRICT};
