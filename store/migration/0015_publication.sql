-- Publications of reports with their files. No rows exist yet.

-- +goose Up

CREATE TABLE publication (
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
  title ${TEXT} NOT NULL,
  period ${TEXT} NOT NULL,
  subject ${TEXT} NOT NULL,
  position ${INT} NOT NULL,
  root ${TEXT} NOT NULL,
  replaces ${INT},
  CONSTRAINT publication_row PRIMARY KEY (row_no),
  CONSTRAINT publication_id UNIQUE (id)
) ${STRICT};
CREATE TABLE publication_past (
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
  title ${TEXT},
  period ${TEXT},
  subject ${TEXT},
  position ${INT},
  root ${TEXT},
  replaces ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT publication_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX publication_began ON publication (began);
CREATE INDEX publication_past_began ON publication_past (began);
CREATE INDEX publication_past_ended ON publication_past (ended);
CREATE UNIQUE INDEX publication_key ON publication (subject, period, title, position) WHERE state <> 'withdrawn';
CREATE INDEX publication_past_key ON publication_past (subject, period, title, position);
CREATE TABLE publication_file (
  publication_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  name ${TEXT} NOT NULL,
  sha256 ${TEXT} NOT NULL,
  CONSTRAINT publication_file_line PRIMARY KEY (publication_id, line_no)
) ${STRICT};
CREATE TABLE publication_file_past (
  publication_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  name ${TEXT},
  sha256 ${TEXT},
  CONSTRAINT publication_file_past_line PRIMARY KEY (publication_id, began, line_no)
) ${STRICT};
