-- Villages under the standard of three items. No rows exist yet.

-- +goose Up

CREATE TABLE village_standard (
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
  village ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  from_on ${TEXT} NOT NULL,
  until_on ${TEXT},
  standard ${TEXT},
  accepted_on ${TEXT},
  lapsed_on ${TEXT},
  met ${INT} NOT NULL,
  complete ${BOOL} NOT NULL,
  met_until_on ${TEXT},
  CONSTRAINT village_standard_row PRIMARY KEY (row_no),
  CONSTRAINT village_standard_id UNIQUE (id)
) ${STRICT};
CREATE TABLE village_standard_past (
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
  village ${TEXT},
  name ${TEXT},
  from_on ${TEXT},
  until_on ${TEXT},
  standard ${TEXT},
  accepted_on ${TEXT},
  lapsed_on ${TEXT},
  met ${INT},
  complete ${BOOL},
  met_until_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT village_standard_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX village_standard_began ON village_standard (began);
CREATE INDEX village_standard_past_began ON village_standard_past (began);
CREATE INDEX village_standard_past_ended ON village_standard_past (ended);
CREATE UNIQUE INDEX village_standard_key ON village_standard (village) WHERE state <> 'withdrawn';
CREATE INDEX village_standard_past_key ON village_standard_past (village);
CREATE TABLE village_standard_item (
  village_standard_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  item_name ${TEXT} NOT NULL,
  item_met ${BOOL} NOT NULL,
  evidence ${TEXT},
  CONSTRAINT village_standard_item_line PRIMARY KEY (village_standard_id, line_no)
) ${STRICT};
CREATE TABLE village_standard_item_past (
  village_standard_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  item_name ${TEXT},
  item_met ${BOOL},
  evidence ${TEXT},
  CONSTRAINT village_standard_item_past_line PRIMARY KEY (village_standard_id, began, line_no)
) ${STRICT};
