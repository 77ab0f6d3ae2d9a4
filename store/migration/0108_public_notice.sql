-- What the bureau tells the public of (公开信息): a new kind, so that there are no rows before.

-- +goose Up
CREATE TABLE public_notice (
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
  sort ${TEXT} NOT NULL,
  hazard ${TEXT} NOT NULL,
  level ${TEXT},
  title ${TEXT} NOT NULL,
  text ${TEXT} NOT NULL,
  area ${TEXT},
  issuer ${TEXT} NOT NULL,
  until_at ${TEXT},
  issued_at ${TEXT},
  lifted_at ${TEXT},
  lift_reason ${TEXT},
  CONSTRAINT public_notice_row PRIMARY KEY (row_no),
  CONSTRAINT public_notice_id UNIQUE (id)
) ${STRICT};
CREATE TABLE public_notice_past (
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
  sort ${TEXT},
  hazard ${TEXT},
  level ${TEXT},
  title ${TEXT},
  text ${TEXT},
  area ${TEXT},
  issuer ${TEXT},
  until_at ${TEXT},
  issued_at ${TEXT},
  lifted_at ${TEXT},
  lift_reason ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT public_notice_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX public_notice_began ON public_notice (began);
CREATE INDEX public_notice_past_began ON public_notice_past (began);
CREATE INDEX public_notice_past_ended ON public_notice_past (ended);
CREATE UNIQUE INDEX public_notice_key ON public_notice (number) WHERE state <> 'withdrawn';
CREATE INDEX public_notice_past_key ON public_notice_past (number);
