-- Passkeys (WebAuthn), beside the other things that people sign in by: neither journalled, exported nor backed up. The journal says that one
-- was added or taken away. A session says by what it began and when whoever has it last proved to be themselves; those that exist began by a
-- password, and proved it when they began. Secrets of second factors that stand in clear are sealed when pages are next served.

-- +goose Up

ALTER TABLE login_session ADD COLUMN way ${TEXT};
ALTER TABLE login_session ADD COLUMN proved_at ${INT};

-- domain is the site for which a browser made it. flags are those of the authenticator data, sign_count the last count that was seen.
CREATE TABLE login_passkey (
  credential_id  ${BLOB} NOT NULL,
  id             ${TEXT} NOT NULL,
  user_id        ${TEXT} NOT NULL,
  domain         ${TEXT} NOT NULL,
  name           ${TEXT} NOT NULL,
  public_key     ${BLOB} NOT NULL,
  sign_count     ${INT}  NOT NULL,
  flags          ${INT}  NOT NULL,
  aaguid         ${BLOB} NOT NULL,
  transports     ${TEXT} NOT NULL,
  made_at        ${INT}  NOT NULL,
  used_at        ${INT},
  CONSTRAINT login_passkey_key PRIMARY KEY (credential_id),
  CONSTRAINT login_passkey_id UNIQUE (id)
) ${CLUSTERED};
CREATE INDEX login_passkey_user ON login_passkey (user_id, made_at);

-- What a browser was asked and has answered, by its hash, until it could not be answered any more: none is taken twice.
CREATE TABLE login_answered (
  asked_sha256  ${BLOB} NOT NULL,
  ends_at       ${INT}  NOT NULL,
  CONSTRAINT login_answered_key PRIMARY KEY (asked_sha256)
) ${CLUSTERED};
CREATE INDEX login_answered_ends ON login_answered (ends_at);
