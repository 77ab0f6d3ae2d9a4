-- Projects (项目) with their targets, what they may be spent on, and adjustments. No rows exist yet.

-- +goose Up

CREATE TABLE project (
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
  section ${TEXT},
  goal ${TEXT},
  result ${TEXT},
  approved_on ${TEXT},
  document ${TEXT},
  counted_on ${TEXT},
  CONSTRAINT project_row PRIMARY KEY (row_no),
  CONSTRAINT project_id UNIQUE (id)
) ${STRICT};
CREATE TABLE project_past (
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
  section ${TEXT},
  goal ${TEXT},
  result ${TEXT},
  approved_on ${TEXT},
  document ${TEXT},
  counted_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT project_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX project_began ON project (began);
CREATE INDEX project_past_began ON project_past (began);
CREATE INDEX project_past_ended ON project_past (ended);
CREATE UNIQUE INDEX project_key ON project (code, year) WHERE state <> 'withdrawn';
CREATE INDEX project_past_key ON project_past (code, year);
CREATE TABLE project_target (
  project_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  level_1 ${TEXT} NOT NULL,
  level_2 ${TEXT} NOT NULL,
  level_3 ${TEXT} NOT NULL,
  relation ${TEXT} NOT NULL,
  target_value ${INT},
  wording ${TEXT},
  target_unit ${TEXT},
  period ${TEXT},
  baseline ${INT},
  source ${TEXT},
  points ${INT},
  achieved ${INT},
  achievement ${TEXT},
  deviation ${TEXT},
  reached ${BOOL},
  CONSTRAINT project_target_line PRIMARY KEY (project_id, line_no)
) ${STRICT};
CREATE TABLE project_target_past (
  project_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  level_1 ${TEXT},
  level_2 ${TEXT},
  level_3 ${TEXT},
  relation ${TEXT},
  target_value ${INT},
  wording ${TEXT},
  target_unit ${TEXT},
  period ${TEXT},
  baseline ${INT},
  source ${TEXT},
  points ${INT},
  achieved ${INT},
  achievement ${TEXT},
  deviation ${TEXT},
  reached ${BOOL},
  CONSTRAINT project_target_past_line PRIMARY KEY (project_id, began, line_no)
) ${STRICT};
CREATE TABLE project_spending (
  project_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  function_code ${TEXT},
  economic_code ${TEXT},
  CONSTRAINT project_spending_line PRIMARY KEY (project_id, line_no)
) ${STRICT};
CREATE TABLE project_spending_past (
  project_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  function_code ${TEXT},
  economic_code ${TEXT},
  CONSTRAINT project_spending_past_line PRIMARY KEY (project_id, began, line_no)
) ${STRICT};
CREATE TABLE project_adjustment (
  project_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  adjusted_on ${TEXT} NOT NULL,
  adjusted_by ${TEXT} NOT NULL,
  reason ${TEXT} NOT NULL,
  CONSTRAINT project_adjustment_line PRIMARY KEY (project_id, line_no)
) ${STRICT};
CREATE TABLE project_adjustment_past (
  project_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  adjusted_on ${TEXT},
  adjusted_by ${TEXT},
  reason ${TEXT},
  CONSTRAINT project_adjustment_past_line PRIMARY KEY (project_id, began, line_no)
) ${STRICT};
