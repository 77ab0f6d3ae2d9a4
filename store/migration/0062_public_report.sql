-- Reports from the public; who reported is restricted. No rows exist yet.

-- +goose Up

CREATE TABLE public_report (
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
  received_on ${TEXT} NOT NULL,
  channel ${TEXT},
  subject ${TEXT} NOT NULL,
  target ${TEXT},
  content ${TEXT},
  reporter ${TEXT},
  phone ${TEXT},
  accepted_on ${TEXT},
  finding ${TEXT},
  verified_on ${TEXT},
  hazard_no ${TEXT},
  answered_on ${TEXT},
  reward_fen ${INT},
  rewarded_on ${TEXT},
  closed_on ${TEXT},
  CONSTRAINT public_report_row PRIMARY KEY (row_no),
  CONSTRAINT public_report_id UNIQUE (id)
) ${STRICT};
CREATE TABLE public_report_past (
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
  received_on ${TEXT},
  channel ${TEXT},
  subject ${TEXT},
  target ${TEXT},
  content ${TEXT},
  reporter ${TEXT},
  phone ${TEXT},
  accepted_on ${TEXT},
  finding ${TEXT},
  verified_on ${TEXT},
  hazard_no ${TEXT},
  answered_on ${TEXT},
  reward_fen ${INT},
  rewarded_on ${TEXT},
  closed_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT public_report_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX public_report_began ON public_report (began);
CREATE INDEX public_report_past_began ON public_report_past (began);
CREATE INDEX public_report_past_ended ON public_report_past (ended);
CREATE UNIQUE INDEX public_report_key ON public_report (number) WHERE state <> 'withdrawn';
CREATE INDEX public_report_past_key ON public_report_past (number);
