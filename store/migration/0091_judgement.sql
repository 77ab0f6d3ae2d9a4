-- Judgements of lines that people score. No rows exist yet.

-- +goose Up

CREATE TABLE judgement (
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
  scheme ${TEXT} NOT NULL,
  year ${INT} NOT NULL,
  about ${TEXT} NOT NULL,
  line ${TEXT} NOT NULL,
  stage ${TEXT} NOT NULL,
  level ${TEXT},
  items ${TEXT},
  value ${TEXT},
  points ${INT},
  judged_by ${TEXT} NOT NULL,
  judged_on ${TEXT} NOT NULL,
  reason ${TEXT} NOT NULL,
  evidence ${TEXT},
  file ${TEXT},
  CONSTRAINT judgement_row PRIMARY KEY (row_no),
  CONSTRAINT judgement_id UNIQUE (id)
) ${STRICT};
CREATE TABLE judgement_past (
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
  scheme ${TEXT},
  year ${INT},
  about ${TEXT},
  line ${TEXT},
  stage ${TEXT},
  level ${TEXT},
  items ${TEXT},
  value ${TEXT},
  points ${INT},
  judged_by ${TEXT},
  judged_on ${TEXT},
  reason ${TEXT},
  evidence ${TEXT},
  file ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT judgement_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX judgement_began ON judgement (began);
CREATE INDEX judgement_past_began ON judgement_past (began);
CREATE INDEX judgement_past_ended ON judgement_past (ended);
CREATE UNIQUE INDEX judgement_key ON judgement (scheme, year, about, line, stage) WHERE state <> 'withdrawn';
CREATE INDEX judgement_past_key ON judgement_past (scheme, year, about, line, stage);
