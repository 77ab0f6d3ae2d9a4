-- Extra fields that a bureau defines for its kinds; their values stand in the column ext of each kind. No rows exist yet.

-- +goose Up

CREATE TABLE extra_field (
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
  kind ${TEXT} NOT NULL,
  code ${TEXT} NOT NULL,
  label_zh ${TEXT} NOT NULL,
  label_en ${TEXT} NOT NULL,
  value_type ${TEXT} NOT NULL,
  is_required ${BOOL} NOT NULL,
  sensitivity ${TEXT},
  order_no ${INT} NOT NULL,
  CONSTRAINT extra_field_row PRIMARY KEY (row_no),
  CONSTRAINT extra_field_id UNIQUE (id)
) ${STRICT};
CREATE TABLE extra_field_past (
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
  kind ${TEXT},
  code ${TEXT},
  label_zh ${TEXT},
  label_en ${TEXT},
  value_type ${TEXT},
  is_required ${BOOL},
  sensitivity ${TEXT},
  order_no ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT extra_field_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX extra_field_began ON extra_field (began);
CREATE INDEX extra_field_past_began ON extra_field_past (began);
CREATE INDEX extra_field_past_ended ON extra_field_past (ended);
CREATE UNIQUE INDEX extra_field_key ON extra_field (kind, code) WHERE state <> 'withdrawn';
CREATE INDEX extra_field_past_key ON extra_field_past (kind, code);
CREATE TABLE extra_field_choice (
  extra_field_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  code ${TEXT} NOT NULL,
  label_zh ${TEXT} NOT NULL,
  label_en ${TEXT} NOT NULL,
  is_retired ${BOOL} NOT NULL,
  CONSTRAINT extra_field_choice_line PRIMARY KEY (extra_field_id, line_no)
) ${STRICT};
CREATE TABLE extra_field_choice_past (
  extra_field_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  code ${TEXT},
  label_zh ${TEXT},
  label_en ${TEXT},
  is_retired ${BOOL},
  CONSTRAINT extra_field_choice_past_line PRIMARY KEY (extra_field_id, began, line_no)
) ${STRICT};
