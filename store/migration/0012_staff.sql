-- Staff members. No rows exist yet.

-- +goose Up

CREATE TABLE staff (
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
  establishment ${TEXT} NOT NULL,
  in_post_from_on ${TEXT} NOT NULL,
  in_post_to_on ${TEXT},
  retired_on ${TEXT},
  removed_on ${TEXT},
  CONSTRAINT staff_row PRIMARY KEY (row_no),
  CONSTRAINT staff_id UNIQUE (id)
) ${STRICT};
CREATE TABLE staff_past (
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
  establishment ${TEXT},
  in_post_from_on ${TEXT},
  in_post_to_on ${TEXT},
  retired_on ${TEXT},
  removed_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT staff_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX staff_began ON staff (began);
CREATE INDEX staff_past_began ON staff_past (began);
CREATE INDEX staff_past_ended ON staff_past (ended);
CREATE UNIQUE INDEX staff_key ON staff (number) WHERE state <> 'withdrawn';
CREATE INDEX staff_past_key ON staff_past (number);
