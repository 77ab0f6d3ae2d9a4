-- Natural disasters. No rows exist yet.

-- +goose Up

CREATE TABLE disaster_event (
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
  name ${TEXT} NOT NULL,
  sort ${TEXT} NOT NULL,
  began_on ${TEXT} NOT NULL,
  ended_on ${TEXT},
  response ${TEXT},
  summary ${TEXT},
  family ${TEXT},
  CONSTRAINT disaster_event_row PRIMARY KEY (row_no),
  CONSTRAINT disaster_event_id UNIQUE (id)
) ${STRICT};
CREATE TABLE disaster_event_past (
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
  name ${TEXT},
  sort ${TEXT},
  began_on ${TEXT},
  ended_on ${TEXT},
  response ${TEXT},
  summary ${TEXT},
  family ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT disaster_event_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX disaster_event_began ON disaster_event (began);
CREATE INDEX disaster_event_past_began ON disaster_event_past (began);
CREATE INDEX disaster_event_past_ended ON disaster_event_past (ended);
CREATE UNIQUE INDEX disaster_event_key ON disaster_event (number) WHERE state <> 'withdrawn';
CREATE INDEX disaster_event_past_key ON disaster_event_past (number);
