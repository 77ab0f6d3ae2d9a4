-- Evacuations of danger areas: due, moved, returned. No rows exist yet.

-- +goose Up

CREATE TABLE evacuation (
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
  process_id ${TEXT},
  cause ${TEXT} NOT NULL,
  area ${TEXT} NOT NULL,
  ordered_on ${TEXT} NOT NULL,
  due_households ${INT},
  due_people ${INT},
  moved_on ${TEXT},
  moved_households ${INT},
  moved_people ${INT},
  frail_people ${INT},
  destination ${TEXT},
  remaining ${TEXT},
  returned_on ${TEXT},
  returned_people ${INT},
  approval ${TEXT},
  CONSTRAINT evacuation_row PRIMARY KEY (row_no),
  CONSTRAINT evacuation_id UNIQUE (id)
) ${STRICT};
CREATE TABLE evacuation_past (
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
  process_id ${TEXT},
  cause ${TEXT},
  area ${TEXT},
  ordered_on ${TEXT},
  due_households ${INT},
  due_people ${INT},
  moved_on ${TEXT},
  moved_households ${INT},
  moved_people ${INT},
  frail_people ${INT},
  destination ${TEXT},
  remaining ${TEXT},
  returned_on ${TEXT},
  returned_people ${INT},
  approval ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT evacuation_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX evacuation_began ON evacuation (began);
CREATE INDEX evacuation_past_began ON evacuation_past (began);
CREATE INDEX evacuation_past_ended ON evacuation_past (ended);
CREATE UNIQUE INDEX evacuation_key ON evacuation (number) WHERE state <> 'withdrawn';
CREATE INDEX evacuation_past_key ON evacuation_past (number);
