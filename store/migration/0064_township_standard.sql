-- Townships under the standard of six items. No rows exist yet.

-- +goose Up

CREATE TABLE township_standard (
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
  township ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  from_on ${TEXT} NOT NULL,
  until_on ${TEXT},
  standard ${TEXT},
  accepted_on ${TEXT},
  lapsed_on ${TEXT},
  met ${INT} NOT NULL,
  complete ${BOOL} NOT NULL,
  met_until_on ${TEXT},
  CONSTRAINT township_standard_row PRIMARY KEY (row_no),
  CONSTRAINT township_standard_id UNIQUE (id)
) ${STRICT};
CREATE TABLE township_standard_past (
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
  township ${TEXT},
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
  CONSTRAINT township_standard_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX township_standard_began ON township_standard (began);
CREATE INDEX township_standard_past_began ON township_standard_past (began);
CREATE INDEX township_standard_past_ended ON township_standard_past (ended);
CREATE UNIQUE INDEX township_standard_key ON township_standard (township) WHERE state <> 'withdrawn';
CREATE INDEX township_standard_past_key ON township_standard_past (township);
CREATE TABLE township_standard_item (
  township_standard_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  item_name ${TEXT} NOT NULL,
  item_met ${BOOL} NOT NULL,
  evidence ${TEXT},
  CONSTRAINT township_standard_item_line PRIMARY KEY (township_standard_id, line_no)
) ${STRICT};
CREATE TABLE township_standard_item_past (
  township_standard_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  item_name ${TEXT},
  item_met ${BOOL},
  evidence ${TEXT},
  CONSTRAINT township_standard_item_past_line PRIMARY KEY (township_standard_id, began, line_no)
) ${STRICT};
