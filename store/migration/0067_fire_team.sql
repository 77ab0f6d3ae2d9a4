-- Township fire teams. No rows exist yet.

-- +goose Up

CREATE TABLE fire_team (
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
  accepted_on ${TEXT},
  document ${TEXT},
  members ${INT},
  engines ${INT},
  disbanded_on ${TEXT},
  attachment ${TEXT},
  CONSTRAINT fire_team_row PRIMARY KEY (row_no),
  CONSTRAINT fire_team_id UNIQUE (id)
) ${STRICT};
CREATE TABLE fire_team_past (
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
  accepted_on ${TEXT},
  document ${TEXT},
  members ${INT},
  engines ${INT},
  disbanded_on ${TEXT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT fire_team_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX fire_team_began ON fire_team (began);
CREATE INDEX fire_team_past_began ON fire_team_past (began);
CREATE INDEX fire_team_past_ended ON fire_team_past (ended);
CREATE UNIQUE INDEX fire_team_key ON fire_team (number) WHERE state <> 'withdrawn';
CREATE INDEX fire_team_past_key ON fire_team_past (number);
