-- Calls at the rungs of the ladder, as the register keeps them. No rows exist yet.

-- +goose Up

CREATE TABLE call_out (
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
  called_on ${TEXT} NOT NULL,
  process_id ${TEXT},
  rung ${TEXT},
  post ${TEXT} NOT NULL,
  person ${TEXT},
  phone ${TEXT},
  channel ${TEXT},
  dialled_at ${TEXT},
  answered_at ${TEXT},
  acknowledged_at ${TEXT},
  carried_out_at ${TEXT},
  result ${TEXT} NOT NULL,
  feedback ${TEXT},
  CONSTRAINT call_out_row PRIMARY KEY (row_no),
  CONSTRAINT call_out_id UNIQUE (id)
) ${STRICT};
CREATE TABLE call_out_past (
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
  called_on ${TEXT},
  process_id ${TEXT},
  rung ${TEXT},
  post ${TEXT},
  person ${TEXT},
  phone ${TEXT},
  channel ${TEXT},
  dialled_at ${TEXT},
  answered_at ${TEXT},
  acknowledged_at ${TEXT},
  carried_out_at ${TEXT},
  result ${TEXT},
  feedback ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT call_out_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX call_out_began ON call_out (began);
CREATE INDEX call_out_past_began ON call_out_past (began);
CREATE INDEX call_out_past_ended ON call_out_past (ended);
CREATE UNIQUE INDEX call_out_key ON call_out (number) WHERE state <> 'withdrawn';
CREATE INDEX call_out_past_key ON call_out_past (number);
