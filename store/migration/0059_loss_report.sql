-- What a unit reports of a disaster, one row an edition; the newest is copied to the record, where measures read it. No rows exist yet.

-- +goose Up

CREATE TABLE loss_report (
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
  event_no ${TEXT} NOT NULL,
  reporter ${TEXT} NOT NULL,
  began_on ${TEXT} NOT NULL,
  edition ${TEXT},
  as_of_on ${TEXT},
  affected ${INT},
  relocated ${INT},
  deaths ${INT},
  missing ${INT},
  collapsed ${INT},
  crops ${INT},
  loss_fen ${INT},
  CONSTRAINT loss_report_row PRIMARY KEY (row_no),
  CONSTRAINT loss_report_id UNIQUE (id)
) ${STRICT};
CREATE TABLE loss_report_past (
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
  event_no ${TEXT},
  reporter ${TEXT},
  began_on ${TEXT},
  edition ${TEXT},
  as_of_on ${TEXT},
  affected ${INT},
  relocated ${INT},
  deaths ${INT},
  missing ${INT},
  collapsed ${INT},
  crops ${INT},
  loss_fen ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT loss_report_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX loss_report_began ON loss_report (began);
CREATE INDEX loss_report_past_began ON loss_report_past (began);
CREATE INDEX loss_report_past_ended ON loss_report_past (ended);
CREATE UNIQUE INDEX loss_report_key ON loss_report (event_no, reporter) WHERE state <> 'withdrawn';
CREATE INDEX loss_report_past_key ON loss_report_past (event_no, reporter);
CREATE TABLE loss_report_issue (
  loss_report_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  edition ${TEXT} NOT NULL,
  as_of_on ${TEXT} NOT NULL,
  affected ${INT},
  relocated ${INT},
  deaths ${INT},
  missing ${INT},
  collapsed ${INT},
  crops ${INT},
  loss_fen ${INT},
  loss_homes_fen ${INT},
  loss_farming_fen ${INT},
  loss_industry_fen ${INT},
  loss_works_fen ${INT},
  loss_services_fen ${INT},
  explanation ${TEXT},
  CONSTRAINT loss_report_issue_line PRIMARY KEY (loss_report_id, line_no)
) ${STRICT};
CREATE TABLE loss_report_issue_past (
  loss_report_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  edition ${TEXT},
  as_of_on ${TEXT},
  affected ${INT},
  relocated ${INT},
  deaths ${INT},
  missing ${INT},
  collapsed ${INT},
  crops ${INT},
  loss_fen ${INT},
  loss_homes_fen ${INT},
  loss_farming_fen ${INT},
  loss_industry_fen ${INT},
  loss_works_fen ${INT},
  loss_services_fen ${INT},
  explanation ${TEXT},
  CONSTRAINT loss_report_issue_past_line PRIMARY KEY (loss_report_id, began, line_no)
) ${STRICT};
