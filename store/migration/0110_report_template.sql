-- Report templates that a bureau keeps itself, each with its attachments and its prose. None exists yet: reports go on by those of the program.

-- +goose Up

CREATE TABLE report_template (
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
  name ${TEXT} NOT NULL,
  title ${TEXT} NOT NULL,
  basis ${TEXT},
  CONSTRAINT report_template_row PRIMARY KEY (row_no),
  CONSTRAINT report_template_id UNIQUE (id)
) ${STRICT};
CREATE TABLE report_template_past (
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
  name ${TEXT},
  title ${TEXT},
  basis ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT report_template_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX report_template_began ON report_template (began);
CREATE INDEX report_template_past_began ON report_template_past (began);
CREATE INDEX report_template_past_ended ON report_template_past (ended);
CREATE UNIQUE INDEX report_template_key ON report_template (name) WHERE state <> 'withdrawn';
CREATE INDEX report_template_past_key ON report_template_past (name);
CREATE TABLE report_template_file (
  report_template_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  file_name ${TEXT} NOT NULL,
  text ${TEXT} NOT NULL,
  CONSTRAINT report_template_file_line PRIMARY KEY (report_template_id, line_no)
) ${STRICT};
CREATE TABLE report_template_file_past (
  report_template_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  file_name ${TEXT},
  text ${TEXT},
  CONSTRAINT report_template_file_past_line PRIMARY KEY (report_template_id, began, line_no)
) ${STRICT};
