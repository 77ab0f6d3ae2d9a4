-- Stock-takes (盘点) with their lines. No rows exist yet.

-- +goose Up

CREATE TABLE stock_take (
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
  as_of_on ${TEXT} NOT NULL,
  CONSTRAINT stock_take_row PRIMARY KEY (row_no),
  CONSTRAINT stock_take_id UNIQUE (id)
) ${STRICT};
CREATE TABLE stock_take_past (
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
  as_of_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT stock_take_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX stock_take_began ON stock_take (began);
CREATE INDEX stock_take_past_began ON stock_take_past (began);
CREATE INDEX stock_take_past_ended ON stock_take_past (ended);
CREATE UNIQUE INDEX stock_take_key ON stock_take (number) WHERE state <> 'withdrawn';
CREATE INDEX stock_take_past_key ON stock_take_past (number);
CREATE TABLE stock_take_line (
  stock_take_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  asset_number ${TEXT},
  thing ${TEXT} NOT NULL,
  location ${TEXT},
  found ${BOOL} NOT NULL,
  found_location ${TEXT},
  difference ${TEXT},
  result ${TEXT},
  resolution ${TEXT},
  resolved_on ${TEXT},
  CONSTRAINT stock_take_line_line PRIMARY KEY (stock_take_id, line_no)
) ${STRICT};
CREATE TABLE stock_take_line_past (
  stock_take_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  asset_number ${TEXT},
  thing ${TEXT},
  location ${TEXT},
  found ${BOOL},
  found_location ${TEXT},
  difference ${TEXT},
  result ${TEXT},
  resolution ${TEXT},
  resolved_on ${TEXT},
  CONSTRAINT stock_take_line_past_line PRIMARY KEY (stock_take_id, began, line_no)
) ${STRICT};
