-- Roles that a bureau defines itself, and users who have one. Users that exist have one of the program's: they keep it.

-- +goose Up

ALTER TABLE login_user ADD COLUMN own_role_id ${TEXT};
ALTER TABLE login_user_past ADD COLUMN own_role_id ${TEXT};
CREATE TABLE role (
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
  label_zh ${TEXT} NOT NULL,
  label_en ${TEXT} NOT NULL,
  clearance ${TEXT} NOT NULL,
  CONSTRAINT role_row PRIMARY KEY (row_no),
  CONSTRAINT role_id UNIQUE (id)
) ${STRICT};
CREATE TABLE role_past (
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
  label_zh ${TEXT},
  label_en ${TEXT},
  clearance ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT role_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX role_began ON role (began);
CREATE INDEX role_past_began ON role_past (began);
CREATE INDEX role_past_ended ON role_past (ended);
CREATE UNIQUE INDEX role_key ON role (code) WHERE state <> 'withdrawn';
CREATE INDEX role_past_key ON role_past (code);
CREATE TABLE role_right (
  role_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  about ${TEXT} NOT NULL,
  actions ${TEXT},
  CONSTRAINT role_right_line PRIMARY KEY (role_id, line_no)
) ${STRICT};
CREATE TABLE role_right_past (
  role_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  about ${TEXT},
  actions ${TEXT},
  CONSTRAINT role_right_past_line PRIMARY KEY (role_id, began, line_no)
) ${STRICT};
