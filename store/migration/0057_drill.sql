-- Drills with the problems that they showed. No rows exist yet.

-- +goose Up

CREATE TABLE drill (
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
  plan_id ${TEXT},
  held_on ${TEXT} NOT NULL,
  form ${TEXT},
  scope ${TEXT},
  unannounced ${BOOL},
  scenario ${TEXT},
  participants ${INT},
  evaluation ${TEXT},
  attachment ${TEXT},
  CONSTRAINT drill_row PRIMARY KEY (row_no),
  CONSTRAINT drill_id UNIQUE (id)
) ${STRICT};
CREATE TABLE drill_past (
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
  plan_id ${TEXT},
  held_on ${TEXT},
  form ${TEXT},
  scope ${TEXT},
  unannounced ${BOOL},
  scenario ${TEXT},
  participants ${INT},
  evaluation ${TEXT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT drill_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX drill_began ON drill (began);
CREATE INDEX drill_past_began ON drill_past (began);
CREATE INDEX drill_past_ended ON drill_past (ended);
CREATE UNIQUE INDEX drill_key ON drill (number) WHERE state <> 'withdrawn';
CREATE INDEX drill_past_key ON drill_past (number);
CREATE TABLE drill_problem (
  drill_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  what ${TEXT} NOT NULL,
  mend_by_on ${TEXT},
  mended_on ${TEXT},
  CONSTRAINT drill_problem_line PRIMARY KEY (drill_id, line_no)
) ${STRICT};
CREATE TABLE drill_problem_past (
  drill_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  what ${TEXT},
  mend_by_on ${TEXT},
  mended_on ${TEXT},
  CONSTRAINT drill_problem_past_line PRIMARY KEY (drill_id, began, line_no)
) ${STRICT};
