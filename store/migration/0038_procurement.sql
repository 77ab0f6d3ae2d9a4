-- Government procurements (政府采购). No rows exist yet.

-- +goose Up

CREATE TABLE procurement (
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
  sort ${TEXT} NOT NULL,
  method ${TEXT} NOT NULL,
  planned_on ${TEXT} NOT NULL,
  planned_fen ${INT} NOT NULL,
  contracted_on ${TEXT},
  actual_fen ${INT},
  supplier ${TEXT},
  project_code ${TEXT},
  CONSTRAINT procurement_row PRIMARY KEY (row_no),
  CONSTRAINT procurement_id UNIQUE (id)
) ${STRICT};
CREATE TABLE procurement_past (
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
  sort ${TEXT},
  method ${TEXT},
  planned_on ${TEXT},
  planned_fen ${INT},
  contracted_on ${TEXT},
  actual_fen ${INT},
  supplier ${TEXT},
  project_code ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT procurement_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX procurement_began ON procurement (began);
CREATE INDEX procurement_past_began ON procurement_past (began);
CREATE INDEX procurement_past_ended ON procurement_past (ended);
CREATE UNIQUE INDEX procurement_key ON procurement (number) WHERE state <> 'withdrawn';
CREATE INDEX procurement_past_key ON procurement_past (number);
