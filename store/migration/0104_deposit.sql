-- What was worked out for somebody until it is taken away: what a check found in reports that were uploaded to a page. It ends by itself. No rows
-- exist yet.

-- +goose Up

CREATE TABLE deposit (
  id        ${TEXT} NOT NULL,
  user_id   ${TEXT} NOT NULL,
  name      ${TEXT} NOT NULL,
  said      ${TEXT} NOT NULL,
  content   ${BLOB} NOT NULL,
  kept      ${INT}  NOT NULL,
  began_at  ${INT}  NOT NULL,
  ends_at   ${INT}  NOT NULL,
  CONSTRAINT deposit_key PRIMARY KEY (id)
) ${STRICT};
CREATE INDEX deposit_user ON deposit (user_id, began_at);
CREATE INDEX deposit_ends ON deposit (ends_at);
