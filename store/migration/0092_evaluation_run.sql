-- Runs of schemes that are kept. No rows exist yet.

-- +goose Up

CREATE TABLE evaluation_run (
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
  scheme ${TEXT} NOT NULL,
  year ${INT} NOT NULL,
  scheme_version ${INT} NOT NULL,
  scheme_sha256 ${TEXT} NOT NULL,
  about ${TEXT} NOT NULL,
  subject ${TEXT} NOT NULL,
  period ${TEXT} NOT NULL,
  position ${INT} NOT NULL,
  total ${INT} NOT NULL,
  unscored ${INT} NOT NULL,
  grade ${TEXT},
  CONSTRAINT evaluation_run_row PRIMARY KEY (row_no),
  CONSTRAINT evaluation_run_id UNIQUE (id)
) ${STRICT};
CREATE TABLE evaluation_run_past (
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
  scheme ${TEXT},
  year ${INT},
  scheme_version ${INT},
  scheme_sha256 ${TEXT},
  about ${TEXT},
  subject ${TEXT},
  period ${TEXT},
  position ${INT},
  total ${INT},
  unscored ${INT},
  grade ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT evaluation_run_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX evaluation_run_began ON evaluation_run (began);
CREATE INDEX evaluation_run_past_began ON evaluation_run_past (began);
CREATE INDEX evaluation_run_past_ended ON evaluation_run_past (ended);
CREATE UNIQUE INDEX evaluation_run_key ON evaluation_run (scheme, about, subject, period, position) WHERE state <> 'withdrawn';
CREATE INDEX evaluation_run_past_key ON evaluation_run_past (scheme, about, subject, period, position);
CREATE TABLE evaluation_run_line (
  evaluation_run_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  line ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  full_score ${INT} NOT NULL,
  value ${TEXT},
  points ${INT},
  why ${TEXT},
  arithmetic ${TEXT},
  definition_sha256 ${TEXT},
  CONSTRAINT evaluation_run_line_line PRIMARY KEY (evaluation_run_id, line_no)
) ${STRICT};
CREATE TABLE evaluation_run_line_past (
  evaluation_run_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  line ${TEXT},
  name ${TEXT},
  full_score ${INT},
  value ${TEXT},
  points ${INT},
  why ${TEXT},
  arithmetic ${TEXT},
  definition_sha256 ${TEXT},
  CONSTRAINT evaluation_run_line_past_line PRIMARY KEY (evaluation_run_id, began, line_no)
) ${STRICT};
