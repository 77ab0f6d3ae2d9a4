-- The books of the measures: accounts, postings, cells. All of it is derived from the records and can be made again, so
-- a database that has records already gets its postings from `anlan migrate`, not from here.

-- +goose Up

-- An account is one definition of a measure. Changes after the position opened_at post to it as they are made, those up
-- to it are filled in afterwards (filled_through); then it becomes current, by the entry at current_from, and gives the
-- figures. After closed_at it got no more postings, because the definition had changed.
CREATE TABLE account (
  account_no        ${INT}  NOT NULL,
  measure           ${TEXT} NOT NULL,
  definition        ${TEXT} NOT NULL,
  definition_sha256 ${TEXT} NOT NULL,
  opened_at         ${INT}  NOT NULL,
  filled_through    ${INT}  NOT NULL,
  closed_at         ${INT},
  current_from      ${INT},
  CONSTRAINT account_key PRIMARY KEY (account_no)
) ${STRICT};

-- One definition of a measure is posted to at a time.
CREATE UNIQUE INDEX account_open ON account (measure) WHERE closed_at IS NULL;

-- Each change of a record, as it touches a measure. Never edited: a correction reverses and posts anew.
CREATE TABLE posting (
  account_no ${INT}  NOT NULL,
  position   ${INT}  NOT NULL,
  line_no    ${INT}  NOT NULL,
  unit       ${TEXT} NOT NULL,
  place      ${TEXT} NOT NULL,
  on_day     ${TEXT} NOT NULL,
  record_no  ${INT}  NOT NULL,
  count      ${INT}  NOT NULL,
  value      ${INT}  NOT NULL,
  CONSTRAINT posting_key PRIMARY KEY (account_no, position, line_no)
) ${CLUSTERED};

-- Drill-down, ragged edges of a period, and days.
CREATE INDEX posting_day ON posting (account_no, on_day);

-- Sums of postings by unit or place (axis), or of all of them under no code (axis all), and month or year (grain), up to
-- fold.folded_through.
CREATE TABLE cell (
  account_no ${INT}  NOT NULL,
  axis       ${TEXT} NOT NULL,
  grain      ${TEXT} NOT NULL,
  code       ${TEXT} NOT NULL,
  span       ${TEXT} NOT NULL,
  count      ${INT}  NOT NULL,
  value      ${INT}  NOT NULL,
  CONSTRAINT cell_key PRIMARY KEY (account_no, axis, grain, code, span)
) ${CLUSTERED};

-- The units and places that the cells were made for: a figure of nearly all of them is that of all less the others.
CREATE TABLE cell_leaf (
  axis ${TEXT} NOT NULL,
  code ${TEXT} NOT NULL,
  CONSTRAINT cell_leaf_key PRIMARY KEY (axis, code)
) ${CLUSTERED};

CREATE TABLE fold (
  id             ${INT} NOT NULL,
  folded_through ${INT} NOT NULL,
  CONSTRAINT fold_key PRIMARY KEY (id),
  CONSTRAINT fold_is_one CHECK (id = 1)
) ${STRICT};

INSERT INTO fold (id, folded_through) VALUES (1, 0);
