-- Tokens by which programs come to the API, found by the SHA-256 of their secret. Like what people sign in by they are neither journalled
-- nor exported nor backed up: the journal says that one was issued or revoked. scope is words separated by blanks (read write:hazard);
-- seen_at is to the minute; revoked_at is NULL while nobody has revoked it. No rows exist yet.

-- +goose Up

CREATE TABLE api_token (
  token_sha256  ${BLOB} NOT NULL,
  id            ${TEXT} NOT NULL,
  user_id       ${TEXT} NOT NULL,
  name          ${TEXT} NOT NULL,
  scope         ${TEXT} NOT NULL,
  made_at       ${INT}  NOT NULL,
  ends_at       ${INT}  NOT NULL,
  seen_at       ${INT},
  seen_from     ${TEXT},
  revoked_at    ${INT},
  CONSTRAINT api_token_key PRIMARY KEY (token_sha256),
  CONSTRAINT api_token_id UNIQUE (id)
) ${CLUSTERED};
CREATE INDEX api_token_user ON api_token (user_id, made_at);
