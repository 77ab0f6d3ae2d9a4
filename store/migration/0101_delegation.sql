-- Who does somebody's work while that person is away, and sessions that act for another. Sessions that exist act for themselves.

-- +goose Up

ALTER TABLE login_session ADD COLUMN acting_for ${TEXT};
CREATE TABLE delegation (
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
  delegator ${TEXT} NOT NULL,
  delegate ${TEXT} NOT NULL,
  from_on ${TEXT} NOT NULL,
  last_on ${TEXT} NOT NULL,
  why ${TEXT} NOT NULL,
  CONSTRAINT delegation_row PRIMARY KEY (row_no),
  CONSTRAINT delegation_id UNIQUE (id)
) ${STRICT};
CREATE TABLE delegation_past (
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
  delegator ${TEXT},
  delegate ${TEXT},
  from_on ${TEXT},
  last_on ${TEXT},
  why ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT delegation_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX delegation_began ON delegation (began);
CREATE INDEX delegation_past_began ON delegation_past (began);
CREATE INDEX delegation_past_ended ON delegation_past (ended);
CREATE UNIQUE INDEX delegation_key ON delegation (delegator, delegate, from_on) WHERE state <> 'withdrawn';
CREATE INDEX delegation_past_key ON delegation_past (delegator, delegate, from_on);
