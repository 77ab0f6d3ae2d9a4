-- Forms with their items, and the returns that units file by them. No rows exist yet.

-- +goose Up

CREATE TABLE stat_form (
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
  name ${TEXT} NOT NULL,
  issuer ${TEXT} NOT NULL,
  number ${TEXT},
  form_edition ${TEXT},
  grain ${TEXT} NOT NULL,
  CONSTRAINT stat_form_row PRIMARY KEY (row_no),
  CONSTRAINT stat_form_id UNIQUE (id)
) ${STRICT};
CREATE TABLE stat_form_past (
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
  name ${TEXT},
  issuer ${TEXT},
  number ${TEXT},
  form_edition ${TEXT},
  grain ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT stat_form_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX stat_form_began ON stat_form (began);
CREATE INDEX stat_form_past_began ON stat_form_past (began);
CREATE INDEX stat_form_past_ended ON stat_form_past (ended);
CREATE UNIQUE INDEX stat_form_key ON stat_form (code) WHERE state <> 'withdrawn';
CREATE INDEX stat_form_past_key ON stat_form_past (code);
CREATE TABLE stat_form_item (
  stat_form_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  code ${TEXT} NOT NULL,
  label_zh ${TEXT} NOT NULL,
  label_en ${TEXT} NOT NULL,
  measured_in ${TEXT} NOT NULL,
  shape ${TEXT} NOT NULL,
  stands_for ${TEXT},
  part_of ${TEXT},
  CONSTRAINT stat_form_item_line PRIMARY KEY (stat_form_id, line_no)
) ${STRICT};
CREATE TABLE stat_form_item_past (
  stat_form_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  code ${TEXT},
  label_zh ${TEXT},
  label_en ${TEXT},
  measured_in ${TEXT},
  shape ${TEXT},
  stands_for ${TEXT},
  part_of ${TEXT},
  CONSTRAINT stat_form_item_past_line PRIMARY KEY (stat_form_id, began, line_no)
) ${STRICT};
CREATE TABLE stat_return (
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
  form ${TEXT} NOT NULL,
  reporter ${TEXT} NOT NULL,
  period ${TEXT} NOT NULL,
  first_on ${TEXT},
  last_on ${TEXT},
  edition ${TEXT} NOT NULL,
  signed_by ${TEXT},
  filed_on ${TEXT} NOT NULL,
  is_nil ${BOOL} NOT NULL,
  attachment ${TEXT},
  CONSTRAINT stat_return_row PRIMARY KEY (row_no),
  CONSTRAINT stat_return_id UNIQUE (id)
) ${STRICT};
CREATE TABLE stat_return_past (
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
  form ${TEXT},
  reporter ${TEXT},
  period ${TEXT},
  first_on ${TEXT},
  last_on ${TEXT},
  edition ${TEXT},
  signed_by ${TEXT},
  filed_on ${TEXT},
  is_nil ${BOOL},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT stat_return_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX stat_return_began ON stat_return (began);
CREATE INDEX stat_return_past_began ON stat_return_past (began);
CREATE INDEX stat_return_past_ended ON stat_return_past (ended);
CREATE UNIQUE INDEX stat_return_key ON stat_return (form, reporter, period, edition) WHERE state <> 'withdrawn';
CREATE INDEX stat_return_past_key ON stat_return_past (form, reporter, period, edition);
CREATE TABLE stat_return_item (
  stat_return_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  item ${TEXT} NOT NULL,
  value ${INT},
  CONSTRAINT stat_return_item_line PRIMARY KEY (stat_return_id, line_no)
) ${STRICT};
CREATE TABLE stat_return_item_past (
  stat_return_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  item ${TEXT},
  value ${INT},
  CONSTRAINT stat_return_item_past_line PRIMARY KEY (stat_return_id, began, line_no)
) ${STRICT};
