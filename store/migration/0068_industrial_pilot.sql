-- Pilots of the industrial internet for work safety. No rows exist yet.

-- +goose Up

CREATE TABLE industrial_pilot (
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
  enterprise_id ${TEXT},
  enterprise_name ${TEXT} NOT NULL,
  trade ${TEXT} NOT NULL,
  began_on ${TEXT},
  accepted_on ${TEXT},
  acceptance ${TEXT},
  points ${INT},
  CONSTRAINT industrial_pilot_row PRIMARY KEY (row_no),
  CONSTRAINT industrial_pilot_id UNIQUE (id)
) ${STRICT};
CREATE TABLE industrial_pilot_past (
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
  enterprise_id ${TEXT},
  enterprise_name ${TEXT},
  trade ${TEXT},
  began_on ${TEXT},
  accepted_on ${TEXT},
  acceptance ${TEXT},
  points ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT industrial_pilot_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX industrial_pilot_began ON industrial_pilot (began);
CREATE INDEX industrial_pilot_past_began ON industrial_pilot_past (began);
CREATE INDEX industrial_pilot_past_ended ON industrial_pilot_past (ended);
CREATE UNIQUE INDEX industrial_pilot_key ON industrial_pilot (number) WHERE state <> 'withdrawn';
CREATE INDEX industrial_pilot_past_key ON industrial_pilot_past (number);
CREATE TABLE industrial_pilot_scene (
  industrial_pilot_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  scene_name ${TEXT} NOT NULL,
  in_use_on ${TEXT},
  CONSTRAINT industrial_pilot_scene_line PRIMARY KEY (industrial_pilot_id, line_no)
) ${STRICT};
CREATE TABLE industrial_pilot_scene_past (
  industrial_pilot_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  scene_name ${TEXT},
  in_use_on ${TEXT},
  CONSTRAINT industrial_pilot_scene_past_line PRIMARY KEY (industrial_pilot_id, began, line_no)
) ${STRICT};
