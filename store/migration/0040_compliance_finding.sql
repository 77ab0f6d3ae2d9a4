-- Compliance findings (合规性问题). No rows exist yet.

-- +goose Up

CREATE TABLE compliance_finding (
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
  found_on ${TEXT} NOT NULL,
  source ${TEXT} NOT NULL,
  requirement ${TEXT} NOT NULL,
  what ${TEXT} NOT NULL,
  amount_fen ${INT},
  document ${TEXT},
  mend_by_on ${TEXT},
  mended ${TEXT},
  closed_on ${TEXT},
  CONSTRAINT compliance_finding_row PRIMARY KEY (row_no),
  CONSTRAINT compliance_finding_id UNIQUE (id)
) ${STRICT};
CREATE TABLE compliance_finding_past (
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
  found_on ${TEXT},
  source ${TEXT},
  requirement ${TEXT},
  what ${TEXT},
  amount_fen ${INT},
  document ${TEXT},
  mend_by_on ${TEXT},
  mended ${TEXT},
  closed_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT compliance_finding_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX compliance_finding_began ON compliance_finding (began);
CREATE INDEX compliance_finding_past_began ON compliance_finding_past (began);
CREATE INDEX compliance_finding_past_ended ON compliance_finding_past (ended);
CREATE UNIQUE INDEX compliance_finding_key ON compliance_finding (number) WHERE state <> 'withdrawn';
CREATE INDEX compliance_finding_past_key ON compliance_finding_past (number);
