-- Thrift measures (厉行节约措施). No rows exist yet.

-- +goose Up

CREATE TABLE thrift (
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
  area ${TEXT} NOT NULL,
  taken_on ${TEXT} NOT NULL,
  what ${TEXT} NOT NULL,
  saved_fen ${INT},
  CONSTRAINT thrift_row PRIMARY KEY (row_no),
  CONSTRAINT thrift_id UNIQUE (id)
) ${STRICT};
CREATE TABLE thrift_past (
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
  area ${TEXT},
  taken_on ${TEXT},
  what ${TEXT},
  saved_fen ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT thrift_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX thrift_began ON thrift (began);
CREATE INDEX thrift_past_began ON thrift_past (began);
CREATE INDEX thrift_past_ended ON thrift_past (ended);
CREATE UNIQUE INDEX thrift_key ON thrift (number) WHERE state <> 'withdrawn';
CREATE INDEX thrift_past_key ON thrift_past (number);
