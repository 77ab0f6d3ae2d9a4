-- Earmarked funds (专项资金) with their purposes. No rows exist yet.

-- +goose Up

CREATE TABLE fund (
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
  document ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  level ${TEXT} NOT NULL,
  programme ${TEXT} NOT NULL,
  allotted_on ${TEXT} NOT NULL,
  allotted_fen ${INT} NOT NULL,
  received_on ${TEXT},
  received_fen ${INT},
  CONSTRAINT fund_row PRIMARY KEY (row_no),
  CONSTRAINT fund_id UNIQUE (id)
) ${STRICT};
CREATE TABLE fund_past (
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
  document ${TEXT},
  name ${TEXT},
  level ${TEXT},
  programme ${TEXT},
  allotted_on ${TEXT},
  allotted_fen ${INT},
  received_on ${TEXT},
  received_fen ${INT},
  ended ${INT} NOT NULL,
  CONSTRAINT fund_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX fund_began ON fund (began);
CREATE INDEX fund_past_began ON fund_past (began);
CREATE INDEX fund_past_ended ON fund_past (ended);
CREATE UNIQUE INDEX fund_key ON fund (document) WHERE state <> 'withdrawn';
CREATE INDEX fund_past_key ON fund_past (document);
CREATE TABLE fund_purpose (
  fund_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  what ${TEXT} NOT NULL,
  amount_fen ${INT},
  CONSTRAINT fund_purpose_line PRIMARY KEY (fund_id, line_no)
) ${STRICT};
CREATE TABLE fund_purpose_past (
  fund_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  what ${TEXT},
  amount_fen ${INT},
  CONSTRAINT fund_purpose_past_line PRIMARY KEY (fund_id, began, line_no)
) ${STRICT};
