-- Hooks are records; beside them stand what each sends by and what it has to send. These two are neither journalled nor exported nor backed
-- up: the journal says that a secret was made or letters were sent again. No rows exist yet.

-- +goose Up

-- position is that of the journal up to which it has been looked for what the hook tells.
CREATE TABLE webhook_sender (
  hook_id   ${TEXT} NOT NULL,
  secret    ${BLOB} NOT NULL,
  made_at   ${INT}  NOT NULL,
  position  ${INT}  NOT NULL,
  CONSTRAINT webhook_sender_key PRIMARY KEY (hook_id)
) ${CLUSTERED};

-- A letter tells of the change at a position. state is due (at: when next), sent (at: when) or dead (at: since when); status is what the
-- receiver answered last, 0 for no answer.
CREATE TABLE webhook_letter (
  hook_id   ${TEXT} NOT NULL,
  position  ${INT}  NOT NULL,
  state     ${TEXT} NOT NULL,
  attempts  ${INT}  NOT NULL,
  at        ${INT}  NOT NULL,
  status    ${INT}  NOT NULL,
  why       ${TEXT} NOT NULL,
  CONSTRAINT webhook_letter_key PRIMARY KEY (hook_id, position),
  CONSTRAINT webhook_letter_state_known CHECK (state IN ('due', 'sent', 'dead'))
) ${CLUSTERED};
CREATE INDEX webhook_letter_at ON webhook_letter (state, at);

CREATE TABLE webhook (
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
  name ${TEXT} NOT NULL,
  url ${TEXT} NOT NULL,
  own_host ${TEXT},
  target ${TEXT},
  actions ${TEXT},
  clearance ${TEXT} NOT NULL,
  CONSTRAINT webhook_row PRIMARY KEY (row_no),
  CONSTRAINT webhook_id UNIQUE (id)
) ${STRICT};
CREATE TABLE webhook_past (
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
  name ${TEXT},
  url ${TEXT},
  own_host ${TEXT},
  target ${TEXT},
  actions ${TEXT},
  clearance ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT webhook_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX webhook_began ON webhook (began);
CREATE INDEX webhook_past_began ON webhook_past (began);
CREATE INDEX webhook_past_ended ON webhook_past (ended);
CREATE UNIQUE INDEX webhook_key ON webhook (name) WHERE state <> 'withdrawn';
CREATE INDEX webhook_past_key ON webhook_past (name);
