-- Scoring schemes with their lines. No rows exist yet.

-- +goose Up

CREATE TABLE scheme (
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
  code ${TEXT} NOT NULL,
  year ${INT} NOT NULL,
  name ${TEXT} NOT NULL,
  subject ${TEXT} NOT NULL,
  issuer ${TEXT},
  document ${TEXT},
  is_example ${BOOL} NOT NULL,
  note ${TEXT},
  CONSTRAINT scheme_row PRIMARY KEY (row_no),
  CONSTRAINT scheme_id UNIQUE (id)
) ${STRICT};
CREATE TABLE scheme_past (
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
  code ${TEXT},
  year ${INT},
  name ${TEXT},
  subject ${TEXT},
  issuer ${TEXT},
  document ${TEXT},
  is_example ${BOOL},
  note ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT scheme_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX scheme_began ON scheme (began);
CREATE INDEX scheme_past_began ON scheme_past (began);
CREATE INDEX scheme_past_ended ON scheme_past (ended);
CREATE UNIQUE INDEX scheme_key ON scheme (code, year) WHERE state <> 'withdrawn';
CREATE INDEX scheme_past_key ON scheme_past (code, year);
CREATE TABLE scheme_line (
  scheme_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  level1 ${TEXT} NOT NULL,
  points1 ${INT},
  number2 ${TEXT},
  level2 ${TEXT},
  points2 ${INT},
  level3 ${TEXT} NOT NULL,
  points ${INT} NOT NULL,
  target ${TEXT},
  criterion ${TEXT} NOT NULL,
  rule ${TEXT},
  broken ${TEXT},
  indicator ${TEXT} NOT NULL,
  line_code ${TEXT},
  line_note ${TEXT},
  CONSTRAINT scheme_line_line PRIMARY KEY (scheme_id, line_no)
) ${STRICT};
CREATE TABLE scheme_line_past (
  scheme_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  level1 ${TEXT},
  points1 ${INT},
  number2 ${TEXT},
  level2 ${TEXT},
  points2 ${INT},
  level3 ${TEXT},
  points ${INT},
  target ${TEXT},
  criterion ${TEXT},
  rule ${TEXT},
  broken ${TEXT},
  indicator ${TEXT},
  line_code ${TEXT},
  line_note ${TEXT},
  CONSTRAINT scheme_line_past_line PRIMARY KEY (scheme_id, began, line_no)
) ${STRICT};
