-- Budget lines (预算指标). No rows exist yet.

-- +goose Up

CREATE TABLE budget_line (
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
  given_on ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  budget ${TEXT} NOT NULL,
  stage ${TEXT} NOT NULL,
  function_code ${TEXT} NOT NULL,
  economic_code ${TEXT},
  category ${TEXT} NOT NULL,
  project_code ${TEXT},
  amount_fen ${INT} NOT NULL,
  summary ${TEXT},
  counted_fen ${INT} NOT NULL,
  cost ${TEXT},
  CONSTRAINT budget_line_row PRIMARY KEY (row_no),
  CONSTRAINT budget_line_id UNIQUE (id)
) ${STRICT};
CREATE TABLE budget_line_past (
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
  given_on ${TEXT},
  document ${TEXT},
  budget ${TEXT},
  stage ${TEXT},
  function_code ${TEXT},
  economic_code ${TEXT},
  category ${TEXT},
  project_code ${TEXT},
  amount_fen ${INT},
  summary ${TEXT},
  counted_fen ${INT},
  cost ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT budget_line_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX budget_line_began ON budget_line (began);
CREATE INDEX budget_line_past_began ON budget_line_past (began);
CREATE INDEX budget_line_past_ended ON budget_line_past (ended);
CREATE UNIQUE INDEX budget_line_key ON budget_line (number) WHERE state <> 'withdrawn';
CREATE INDEX budget_line_past_key ON budget_line_past (number);
