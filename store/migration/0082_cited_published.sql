-- Cited and published figures. No rows exist yet.

-- +goose Up

CREATE TABLE cited_figure (
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
  code ${TEXT} NOT NULL,
  period ${TEXT} NOT NULL,
  subject ${TEXT} NOT NULL,
  value ${INT},
  measured_in ${TEXT},
  claim ${TEXT},
  issuer ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  page ${TEXT},
  quote ${TEXT} NOT NULL,
  issued_on ${TEXT} NOT NULL,
  attachment ${TEXT},
  CONSTRAINT cited_figure_row PRIMARY KEY (row_no),
  CONSTRAINT cited_figure_id UNIQUE (id)
) ${STRICT};
CREATE TABLE cited_figure_past (
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
  code ${TEXT},
  period ${TEXT},
  subject ${TEXT},
  value ${INT},
  measured_in ${TEXT},
  claim ${TEXT},
  issuer ${TEXT},
  document ${TEXT},
  page ${TEXT},
  quote ${TEXT},
  issued_on ${TEXT},
  attachment ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT cited_figure_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX cited_figure_began ON cited_figure (began);
CREATE INDEX cited_figure_past_began ON cited_figure_past (began);
CREATE INDEX cited_figure_past_ended ON cited_figure_past (ended);
CREATE UNIQUE INDEX cited_figure_key ON cited_figure (code, period, subject) WHERE state <> 'withdrawn';
CREATE INDEX cited_figure_past_key ON cited_figure_past (code, period, subject);
CREATE TABLE published_figure (
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
  measure ${TEXT} NOT NULL,
  subject ${TEXT} NOT NULL,
  period ${TEXT} NOT NULL,
  value ${INT} NOT NULL,
  measured_in ${TEXT} NOT NULL,
  basis ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  page ${TEXT},
  CONSTRAINT published_figure_row PRIMARY KEY (row_no),
  CONSTRAINT published_figure_id UNIQUE (id)
) ${STRICT};
CREATE TABLE published_figure_past (
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
  measure ${TEXT},
  subject ${TEXT},
  period ${TEXT},
  value ${INT},
  measured_in ${TEXT},
  basis ${TEXT},
  document ${TEXT},
  page ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT published_figure_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX published_figure_began ON published_figure (began);
CREATE INDEX published_figure_past_began ON published_figure_past (began);
CREATE INDEX published_figure_past_ended ON published_figure_past (ended);
CREATE UNIQUE INDEX published_figure_key ON published_figure (measure, subject, period, basis) WHERE state <> 'withdrawn';
CREATE INDEX published_figure_past_key ON published_figure_past (measure, subject, period, basis);
