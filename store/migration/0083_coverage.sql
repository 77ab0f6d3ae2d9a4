-- Which source is the figure, and which figures are not printed. No rows exist yet.

-- +goose Up

CREATE TABLE coverage (
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
  measure ${TEXT} NOT NULL,
  covered ${TEXT} NOT NULL,
  from_on ${TEXT} NOT NULL,
  until_on ${TEXT},
  source ${TEXT} NOT NULL,
  item ${TEXT},
  CONSTRAINT coverage_row PRIMARY KEY (row_no),
  CONSTRAINT coverage_id UNIQUE (id)
) ${STRICT};
CREATE TABLE coverage_past (
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
  measure ${TEXT},
  covered ${TEXT},
  from_on ${TEXT},
  until_on ${TEXT},
  source ${TEXT},
  item ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT coverage_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX coverage_began ON coverage (began);
CREATE INDEX coverage_past_began ON coverage_past (began);
CREATE INDEX coverage_past_ended ON coverage_past (ended);
CREATE UNIQUE INDEX coverage_key ON coverage (measure, covered, from_on) WHERE state <> 'withdrawn';
CREATE INDEX coverage_past_key ON coverage_past (measure, covered, from_on);
CREATE TABLE withholding (
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
  subject ${TEXT} NOT NULL,
  period ${TEXT} NOT NULL,
  ground ${TEXT} NOT NULL,
  decided_by ${TEXT} NOT NULL,
  decided_on ${TEXT} NOT NULL,
  CONSTRAINT withholding_row PRIMARY KEY (row_no),
  CONSTRAINT withholding_id UNIQUE (id)
) ${STRICT};
CREATE TABLE withholding_past (
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
  subject ${TEXT},
  period ${TEXT},
  ground ${TEXT},
  decided_by ${TEXT},
  decided_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT withholding_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX withholding_began ON withholding (began);
CREATE INDEX withholding_past_began ON withholding_past (began);
CREATE INDEX withholding_past_ended ON withholding_past (ended);
CREATE UNIQUE INDEX withholding_key ON withholding (code, subject, period) WHERE state <> 'withdrawn';
CREATE INDEX withholding_past_key ON withholding_past (code, subject, period);
