-- Indicators that a bureau defines itself, and those that it retires. No rows exist yet.

-- +goose Up

CREATE TABLE indicator (
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
  label_zh ${TEXT},
  label_en ${TEXT},
  sort ${TEXT},
  measured_in ${TEXT},
  statement ${TEXT} NOT NULL,
  basis ${TEXT},
  is_retired ${BOOL} NOT NULL,
  CONSTRAINT indicator_row PRIMARY KEY (row_no),
  CONSTRAINT indicator_id UNIQUE (id)
) ${STRICT};
CREATE TABLE indicator_past (
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
  label_zh ${TEXT},
  label_en ${TEXT},
  sort ${TEXT},
  measured_in ${TEXT},
  statement ${TEXT},
  basis ${TEXT},
  is_retired ${BOOL},
  ended ${INT} NOT NULL,
  CONSTRAINT indicator_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX indicator_began ON indicator (began);
CREATE INDEX indicator_past_began ON indicator_past (began);
CREATE INDEX indicator_past_ended ON indicator_past (ended);
CREATE UNIQUE INDEX indicator_key ON indicator (code) WHERE state <> 'withdrawn';
CREATE INDEX indicator_past_key ON indicator_past (code);
