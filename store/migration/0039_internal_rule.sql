-- Internal rules (内部管理制度). No rows exist yet.

-- +goose Up

CREATE TABLE internal_rule (
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
  area ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  from_on ${TEXT} NOT NULL,
  until_on ${TEXT},
  CONSTRAINT internal_rule_row PRIMARY KEY (row_no),
  CONSTRAINT internal_rule_id UNIQUE (id)
) ${STRICT};
CREATE TABLE internal_rule_past (
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
  area ${TEXT},
  document ${TEXT},
  from_on ${TEXT},
  until_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT internal_rule_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX internal_rule_began ON internal_rule (began);
CREATE INDEX internal_rule_past_began ON internal_rule_past (began);
CREATE INDEX internal_rule_past_ended ON internal_rule_past (ended);
CREATE UNIQUE INDEX internal_rule_key ON internal_rule (number) WHERE state <> 'withdrawn';
CREATE INDEX internal_rule_past_key ON internal_rule_past (number);
