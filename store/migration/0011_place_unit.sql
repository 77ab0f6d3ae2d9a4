-- Administrative divisions and units: the two trees that everything hangs on. No rows exist yet.

-- +goose Up

CREATE TABLE place (
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
  name ${TEXT} NOT NULL,
  level ${TEXT} NOT NULL,
  CONSTRAINT place_row PRIMARY KEY (row_no),
  CONSTRAINT place_id UNIQUE (id)
) ${STRICT};
CREATE TABLE place_past (
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
  name ${TEXT},
  level ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT place_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX place_began ON place (began);
CREATE INDEX place_past_began ON place_past (began);
CREATE INDEX place_past_ended ON place_past (ended);
CREATE UNIQUE INDEX place_key ON place (code) WHERE state <> 'withdrawn';
CREATE INDEX place_past_key ON place_past (code);
CREATE TABLE place_edge (
  place_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  parent ${TEXT} NOT NULL,
  from_on ${TEXT},
  until_on ${TEXT},
  CONSTRAINT place_edge_line PRIMARY KEY (place_id, line_no)
) ${STRICT};
CREATE TABLE place_edge_past (
  place_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  parent ${TEXT},
  from_on ${TEXT},
  until_on ${TEXT},
  CONSTRAINT place_edge_past_line PRIMARY KEY (place_id, began, line_no)
) ${STRICT};

CREATE TABLE unit (
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
  name ${TEXT} NOT NULL,
  sort ${TEXT} NOT NULL,
  CONSTRAINT unit_row PRIMARY KEY (row_no),
  CONSTRAINT unit_id UNIQUE (id)
) ${STRICT};
CREATE TABLE unit_past (
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
  name ${TEXT},
  sort ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT unit_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX unit_began ON unit (began);
CREATE INDEX unit_past_began ON unit_past (began);
CREATE INDEX unit_past_ended ON unit_past (ended);
CREATE UNIQUE INDEX unit_key ON unit (code) WHERE state <> 'withdrawn';
CREATE INDEX unit_past_key ON unit_past (code);
CREATE TABLE unit_edge (
  unit_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  parent ${TEXT} NOT NULL,
  from_on ${TEXT},
  until_on ${TEXT},
  CONSTRAINT unit_edge_line PRIMARY KEY (unit_id, line_no)
) ${STRICT};
CREATE TABLE unit_edge_past (
  unit_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  parent ${TEXT},
  from_on ${TEXT},
  until_on ${TEXT},
  CONSTRAINT unit_edge_past_line PRIMARY KEY (unit_id, began, line_no)
) ${STRICT};
