-- Items that must be published (公开事项). No rows exist yet.

-- +goose Up

CREATE TABLE disclosure_item (
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
  matter ${TEXT} NOT NULL,
  title ${TEXT} NOT NULL,
  approved_on ${TEXT},
  publish_by_on ${TEXT} NOT NULL,
  published_on ${TEXT},
  address ${TEXT},
  on_time ${BOOL} NOT NULL,
  CONSTRAINT disclosure_item_row PRIMARY KEY (row_no),
  CONSTRAINT disclosure_item_id UNIQUE (id)
) ${STRICT};
CREATE TABLE disclosure_item_past (
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
  matter ${TEXT},
  title ${TEXT},
  approved_on ${TEXT},
  publish_by_on ${TEXT},
  published_on ${TEXT},
  address ${TEXT},
  on_time ${BOOL},
  ended ${INT} NOT NULL,
  CONSTRAINT disclosure_item_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX disclosure_item_began ON disclosure_item (began);
CREATE INDEX disclosure_item_past_began ON disclosure_item_past (began);
CREATE INDEX disclosure_item_past_ended ON disclosure_item_past (ended);
CREATE UNIQUE INDEX disclosure_item_key ON disclosure_item (number) WHERE state <> 'withdrawn';
CREATE INDEX disclosure_item_past_key ON disclosure_item_past (number);
