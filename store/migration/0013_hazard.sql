-- Hazards with the steps of their mending. No rows exist yet.

-- +goose Up

CREATE TABLE hazard (
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
  grade ${TEXT} NOT NULL,
  enterprise_name ${TEXT},
  found_on ${TEXT} NOT NULL,
  listed_on ${TEXT},
  rectify_by_on ${TEXT},
  closed_on ${TEXT},
  cost_fen ${INT},
  attachment ${TEXT},
  CONSTRAINT hazard_row PRIMARY KEY (row_no),
  CONSTRAINT hazard_id UNIQUE (id)
) ${STRICT};
CREATE TABLE hazard_past (
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
  grade ${TEXT},
  enterprise_name ${TEXT},
  found_on ${TEXT},
  listed_on ${TEXT},
  rectify_by_on ${TEXT},
  closed_on ${TEXT},
  cost_fen ${INT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT hazard_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX hazard_began ON hazard (began);
CREATE INDEX hazard_past_began ON hazard_past (began);
CREATE INDEX hazard_past_ended ON hazard_past (ended);
CREATE UNIQUE INDEX hazard_key ON hazard (number) WHERE state <> 'withdrawn';
CREATE INDEX hazard_past_key ON hazard_past (number);
CREATE TABLE hazard_step (
  hazard_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  step_on ${TEXT} NOT NULL,
  what ${TEXT} NOT NULL,
  CONSTRAINT hazard_step_line PRIMARY KEY (hazard_id, line_no)
) ${STRICT};
CREATE TABLE hazard_step_past (
  hazard_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  step_on ${TEXT},
  what ${TEXT},
  CONSTRAINT hazard_step_past_line PRIMARY KEY (hazard_id, began, line_no)
) ${STRICT};
