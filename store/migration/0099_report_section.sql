-- The prose of reports (报告章节) with who writes it and what is said of it, and the signing of a report as of one position (报告会签). No rows exist yet.

-- +goose Up

CREATE TABLE report_section (
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
  report ${TEXT} NOT NULL,
  period ${TEXT} NOT NULL,
  part ${TEXT} NOT NULL,
  title ${TEXT} NOT NULL,
  writer ${TEXT},
  hand_in_on ${TEXT},
  text ${TEXT},
  CONSTRAINT report_section_row PRIMARY KEY (row_no),
  CONSTRAINT report_section_id UNIQUE (id)
) ${STRICT};
CREATE TABLE report_section_past (
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
  report ${TEXT},
  period ${TEXT},
  part ${TEXT},
  title ${TEXT},
  writer ${TEXT},
  hand_in_on ${TEXT},
  text ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT report_section_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX report_section_began ON report_section (began);
CREATE INDEX report_section_past_began ON report_section_past (began);
CREATE INDEX report_section_past_ended ON report_section_past (ended);
CREATE UNIQUE INDEX report_section_key ON report_section (report, period, part) WHERE state <> 'withdrawn';
CREATE INDEX report_section_past_key ON report_section_past (report, period, part);
CREATE TABLE report_section_remark (
  report_section_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  said_by ${TEXT} NOT NULL,
  said_on ${TEXT} NOT NULL,
  about ${TEXT},
  says ${TEXT} NOT NULL,
  settled ${BOOL} NOT NULL,
  CONSTRAINT report_section_remark_line PRIMARY KEY (report_section_id, line_no)
) ${STRICT};
CREATE TABLE report_section_remark_past (
  report_section_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  said_by ${TEXT},
  said_on ${TEXT},
  about ${TEXT},
  says ${TEXT},
  settled ${BOOL},
  CONSTRAINT report_section_remark_past_line PRIMARY KEY (report_section_id, began, line_no)
) ${STRICT};
CREATE TABLE report_signing (
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
  report ${TEXT} NOT NULL,
  period ${TEXT} NOT NULL,
  position ${INT} NOT NULL,
  publication ${INT},
  CONSTRAINT report_signing_row PRIMARY KEY (row_no),
  CONSTRAINT report_signing_id UNIQUE (id)
) ${STRICT};
CREATE TABLE report_signing_past (
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
  report ${TEXT},
  period ${TEXT},
  position ${INT},
  publication ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT report_signing_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX report_signing_began ON report_signing (began);
CREATE INDEX report_signing_past_began ON report_signing_past (began);
CREATE INDEX report_signing_past_ended ON report_signing_past (ended);
CREATE UNIQUE INDEX report_signing_key ON report_signing (report, period, position) WHERE state <> 'withdrawn';
CREATE INDEX report_signing_past_key ON report_signing_past (report, period, position);
CREATE TABLE report_signing_signatory (
  report_signing_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  login ${TEXT} NOT NULL,
  post ${TEXT} NOT NULL,
  signed_on ${TEXT},
  CONSTRAINT report_signing_signatory_line PRIMARY KEY (report_signing_id, line_no)
) ${STRICT};
CREATE TABLE report_signing_signatory_past (
  report_signing_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  login ${TEXT},
  post ${TEXT},
  signed_on ${TEXT},
  CONSTRAINT report_signing_signatory_past_line PRIMARY KEY (report_signing_id, began, line_no)
) ${STRICT};
