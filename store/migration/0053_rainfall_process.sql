-- Rain processes, which calls and evacuations name. No rows exist yet.

-- +goose Up

CREATE TABLE rainfall_process (
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
  number ${TEXT} NOT NULL,
  began_on ${TEXT} NOT NULL,
  ended_on ${TEXT},
  strength ${TEXT} NOT NULL,
  level ${TEXT},
  area ${TEXT},
  mean ${INT},
  highest ${INT},
  station ${TEXT},
  casualties ${INT},
  summary ${TEXT},
  CONSTRAINT rainfall_process_row PRIMARY KEY (row_no),
  CONSTRAINT rainfall_process_id UNIQUE (id)
) ${STRICT};
CREATE TABLE rainfall_process_past (
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
  number ${TEXT},
  began_on ${TEXT},
  ended_on ${TEXT},
  strength ${TEXT},
  level ${TEXT},
  area ${TEXT},
  mean ${INT},
  highest ${INT},
  station ${TEXT},
  casualties ${INT},
  summary ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT rainfall_process_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX rainfall_process_began ON rainfall_process (began);
CREATE INDEX rainfall_process_past_began ON rainfall_process_past (began);
CREATE INDEX rainfall_process_past_ended ON rainfall_process_past (ended);
CREATE UNIQUE INDEX rainfall_process_key ON rainfall_process (number) WHERE state <> 'withdrawn';
CREATE INDEX rainfall_process_past_key ON rainfall_process_past (number);
