-- Gross product and population by area and year, one row an edition. No rows exist yet.

-- +goose Up

CREATE TABLE statistic (
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
  scope ${TEXT} NOT NULL,
  year ${INT} NOT NULL,
  edition ${TEXT},
  gdp ${INT},
  population ${INT},
  verified ${BOOL} NOT NULL,
  from_on ${TEXT},
  last_on ${TEXT},
  next_on ${TEXT},
  CONSTRAINT statistic_row PRIMARY KEY (row_no),
  CONSTRAINT statistic_id UNIQUE (id)
) ${STRICT};
CREATE TABLE statistic_past (
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
  scope ${TEXT},
  year ${INT},
  edition ${TEXT},
  gdp ${INT},
  population ${INT},
  verified ${BOOL},
  from_on ${TEXT},
  last_on ${TEXT},
  next_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT statistic_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX statistic_began ON statistic (began);
CREATE INDEX statistic_past_began ON statistic_past (began);
CREATE INDEX statistic_past_ended ON statistic_past (ended);
CREATE UNIQUE INDEX statistic_key ON statistic (number) WHERE state <> 'withdrawn';
CREATE INDEX statistic_past_key ON statistic_past (number);
CREATE TABLE statistic_value (
  statistic_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  edition ${TEXT} NOT NULL,
  published_on ${TEXT},
  gdp ${INT},
  population ${INT},
  issuer ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  page ${TEXT},
  quote ${TEXT},
  verified ${BOOL} NOT NULL,
  CONSTRAINT statistic_value_line PRIMARY KEY (statistic_id, line_no)
) ${STRICT};
CREATE TABLE statistic_value_past (
  statistic_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  edition ${TEXT},
  published_on ${TEXT},
  gdp ${INT},
  population ${INT},
  issuer ${TEXT},
  document ${TEXT},
  page ${TEXT},
  quote ${TEXT},
  verified ${BOOL},
  CONSTRAINT statistic_value_past_line PRIMARY KEY (statistic_id, began, line_no)
) ${STRICT};
