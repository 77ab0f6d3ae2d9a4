-- Views of lists that people keep, and what people say of records to each other. No rows exist yet.

-- +goose Up

CREATE TABLE saved_view (
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
  owner ${TEXT} NOT NULL,
  target ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  filters ${TEXT},
  columns ${TEXT},
  sort ${TEXT},
  down ${BOOL} NOT NULL,
  shared ${BOOL} NOT NULL,
  CONSTRAINT saved_view_row PRIMARY KEY (row_no),
  CONSTRAINT saved_view_id UNIQUE (id)
) ${STRICT};
CREATE TABLE saved_view_past (
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
  owner ${TEXT},
  target ${TEXT},
  name ${TEXT},
  filters ${TEXT},
  columns ${TEXT},
  sort ${TEXT},
  down ${BOOL},
  shared ${BOOL},
  ended ${INT} NOT NULL,
  CONSTRAINT saved_view_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX saved_view_began ON saved_view (began);
CREATE INDEX saved_view_past_began ON saved_view_past (began);
CREATE INDEX saved_view_past_ended ON saved_view_past (ended);
CREATE UNIQUE INDEX saved_view_key ON saved_view (owner, target, name) WHERE state <> 'withdrawn';
CREATE INDEX saved_view_past_key ON saved_view_past (owner, target, name);
CREATE TABLE comment (
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
  about ${TEXT} NOT NULL,
  serial ${TEXT} NOT NULL,
  target ${TEXT} NOT NULL,
  said_by ${TEXT} NOT NULL,
  says ${TEXT} NOT NULL,
  mentions ${TEXT},
  CONSTRAINT comment_row PRIMARY KEY (row_no),
  CONSTRAINT comment_id UNIQUE (id)
) ${STRICT};
CREATE TABLE comment_past (
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
  about ${TEXT},
  serial ${TEXT},
  target ${TEXT},
  said_by ${TEXT},
  says ${TEXT},
  mentions ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT comment_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX comment_began ON comment (began);
CREATE INDEX comment_past_began ON comment_past (began);
CREATE INDEX comment_past_ended ON comment_past (ended);
CREATE UNIQUE INDEX comment_key ON comment (about, serial) WHERE state <> 'withdrawn';
CREATE INDEX comment_past_key ON comment_past (about, serial);
