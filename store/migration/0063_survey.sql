-- Satisfaction surveys with their answers. No rows exist yet.

-- +goose Up

CREATE TABLE survey (
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
  audience ${TEXT} NOT NULL,
  question ${TEXT} NOT NULL,
  method ${TEXT},
  began_on ${TEXT},
  closed_on ${TEXT} NOT NULL,
  asked ${INT},
  answered ${INT} NOT NULL,
  satisfied ${INT} NOT NULL,
  CONSTRAINT survey_row PRIMARY KEY (row_no),
  CONSTRAINT survey_id UNIQUE (id)
) ${STRICT};
CREATE TABLE survey_past (
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
  audience ${TEXT},
  question ${TEXT},
  method ${TEXT},
  began_on ${TEXT},
  closed_on ${TEXT},
  asked ${INT},
  answered ${INT},
  satisfied ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT survey_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX survey_began ON survey (began);
CREATE INDEX survey_past_began ON survey_past (began);
CREATE INDEX survey_past_ended ON survey_past (ended);
CREATE UNIQUE INDEX survey_key ON survey (number) WHERE state <> 'withdrawn';
CREATE INDEX survey_past_key ON survey_past (number);
CREATE TABLE survey_answer (
  survey_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  answered_on ${TEXT},
  channel ${TEXT},
  is_satisfied ${BOOL} NOT NULL,
  note ${TEXT},
  CONSTRAINT survey_answer_line PRIMARY KEY (survey_id, line_no)
) ${STRICT};
CREATE TABLE survey_answer_past (
  survey_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  answered_on ${TEXT},
  channel ${TEXT},
  is_satisfied ${BOOL},
  note ${TEXT},
  CONSTRAINT survey_answer_past_line PRIMARY KEY (survey_id, began, line_no)
) ${STRICT};
