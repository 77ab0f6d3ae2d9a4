-- Imports: which file, what it held, what became of it. No rows exist yet.

-- +goose Up

CREATE TABLE import_run (
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
  serial ${TEXT} NOT NULL,
  target ${TEXT} NOT NULL,
  file ${TEXT} NOT NULL,
  sha256 ${TEXT} NOT NULL,
  rows ${INT} NOT NULL,
  created ${INT} NOT NULL,
  changed ${INT} NOT NULL,
  same ${INT} NOT NULL,
  CONSTRAINT import_run_row PRIMARY KEY (row_no),
  CONSTRAINT import_run_id UNIQUE (id)
) ${STRICT};
CREATE TABLE import_run_past (
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
  serial ${TEXT},
  target ${TEXT},
  file ${TEXT},
  sha256 ${TEXT},
  rows ${INT},
  created ${INT},
  changed ${INT},
  same ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT import_run_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX import_run_began ON import_run (began);
CREATE INDEX import_run_past_began ON import_run_past (began);
CREATE INDEX import_run_past_ended ON import_run_past (ended);
CREATE UNIQUE INDEX import_run_key ON import_run (serial) WHERE state <> 'withdrawn';
CREATE INDEX import_run_past_key ON import_run_past (serial);
