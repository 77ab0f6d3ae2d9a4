-- Fixed-asset cards (固定资产卡片). No rows exist yet.

-- +goose Up

CREATE TABLE asset (
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
  class_code ${TEXT} NOT NULL,
  category ${TEXT},
  way ${TEXT} NOT NULL,
  acquired_on ${TEXT} NOT NULL,
  value_fen ${INT} NOT NULL,
  depreciation_months ${INT},
  status ${TEXT} NOT NULL,
  section ${TEXT},
  keeper ${TEXT},
  location ${TEXT},
  disposed_on ${TEXT},
  disposal ${TEXT},
  disposal_document ${TEXT},
  CONSTRAINT asset_row PRIMARY KEY (row_no),
  CONSTRAINT asset_id UNIQUE (id)
) ${STRICT};
CREATE TABLE asset_past (
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
  class_code ${TEXT},
  category ${TEXT},
  way ${TEXT},
  acquired_on ${TEXT},
  value_fen ${INT},
  depreciation_months ${INT},
  status ${TEXT},
  section ${TEXT},
  keeper ${TEXT},
  location ${TEXT},
  disposed_on ${TEXT},
  disposal ${TEXT},
  disposal_document ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT asset_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX asset_began ON asset (began);
CREATE INDEX asset_past_began ON asset_past (began);
CREATE INDEX asset_past_ended ON asset_past (ended);
CREATE UNIQUE INDEX asset_key ON asset (number) WHERE state <> 'withdrawn';
CREATE INDEX asset_past_key ON asset_past (number);
