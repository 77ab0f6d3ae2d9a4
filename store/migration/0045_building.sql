-- Office buildings (楼堂馆所). No rows exist yet.

-- +goose Up

CREATE TABLE building (
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
  name ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  approved_area ${INT} NOT NULL,
  actual_area ${INT},
  approved_cost_fen ${INT} NOT NULL,
  actual_cost_fen ${INT},
  completed_on ${TEXT},
  CONSTRAINT building_row PRIMARY KEY (row_no),
  CONSTRAINT building_id UNIQUE (id)
) ${STRICT};
CREATE TABLE building_past (
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
  name ${TEXT},
  document ${TEXT},
  approved_area ${INT},
  actual_area ${INT},
  approved_cost_fen ${INT},
  actual_cost_fen ${INT},
  completed_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT building_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX building_began ON building (began);
CREATE INDEX building_past_began ON building_past (began);
CREATE INDEX building_past_ended ON building_past (ended);
CREATE UNIQUE INDEX building_key ON building (number) WHERE state <> 'withdrawn';
CREATE INDEX building_past_key ON building_past (number);
