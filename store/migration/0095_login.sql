-- Who signs in: users are records; beside them stand what they sign in by, their sessions, and attempts that failed. None of these
-- four is journalled, exported or backed up: the journal says only that a password was set or a session ended. No rows exist yet.

-- +goose Up

-- password is an argon2id hash (PHC string). totp_secret is NULL until a second factor is confirmed; totp_pending waits for that.
-- totp_last_step is the newest step of 30 s whose code was used: none is taken twice.
CREATE TABLE login_credential (
  user_id         ${TEXT} NOT NULL,
  password        ${TEXT} NOT NULL,
  changed_at      ${INT}  NOT NULL,
  must_change     ${BOOL} NOT NULL,
  totp_secret     ${BLOB},
  totp_last_step  ${INT}  NOT NULL,
  totp_pending    ${BLOB},
  CONSTRAINT login_credential_key PRIMARY KEY (user_id),
  CONSTRAINT login_credential_must_change_is_bool CHECK (must_change IN (0, 1))
) ${CLUSTERED};

-- Recovery codes that are not used up, hashed.
CREATE TABLE login_recovery (
  user_id      ${TEXT} NOT NULL,
  code_sha256  ${BLOB} NOT NULL,
  CONSTRAINT login_recovery_key PRIMARY KEY (user_id, code_sha256)
) ${CLUSTERED};

-- A session is found by the hash of its token and named by its id. ended_at is NULL while nobody has ended it.
CREATE TABLE login_session (
  token_sha256  ${BLOB} NOT NULL,
  id            ${TEXT} NOT NULL,
  user_id       ${TEXT} NOT NULL,
  address       ${TEXT} NOT NULL,
  agent         ${TEXT} NOT NULL,
  began_at      ${INT}  NOT NULL,
  seen_at       ${INT}  NOT NULL,
  ends_at       ${INT}  NOT NULL,
  ended_at      ${INT},
  CONSTRAINT login_session_key PRIMARY KEY (token_sha256),
  CONSTRAINT login_session_id UNIQUE (id)
) ${CLUSTERED};
CREATE INDEX login_session_user ON login_session (user_id, address);
CREATE INDEX login_session_ends ON login_session (ends_at);

-- Attempts that failed, by the hash of the name (people type passwords into the wrong box) and the address; the address * stands for all
-- from which the name has not signed in before.
CREATE TABLE login_failure (
  name_sha256  ${BLOB} NOT NULL,
  address      ${TEXT} NOT NULL,
  failures     ${INT}  NOT NULL,
  last_at      ${INT}  NOT NULL,
  CONSTRAINT login_failure_key PRIMARY KEY (name_sha256, address)
) ${CLUSTERED};
CREATE INDEX login_failure_last ON login_failure (last_at);

CREATE TABLE login_user (
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
  login ${TEXT} NOT NULL,
  full_name ${TEXT} NOT NULL,
  role ${TEXT} NOT NULL,
  from_on ${TEXT},
  until_on ${TEXT},
  CONSTRAINT login_user_row PRIMARY KEY (row_no),
  CONSTRAINT login_user_id UNIQUE (id)
) ${STRICT};
CREATE TABLE login_user_past (
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
  login ${TEXT},
  full_name ${TEXT},
  role ${TEXT},
  from_on ${TEXT},
  until_on ${TEXT},
  ended ${INT} NOT NULL,
  CONSTRAINT login_user_past_row PRIMARY KEY (row_no, began)
) ${STRICT};
CREATE INDEX login_user_began ON login_user (began);
CREATE INDEX login_user_past_began ON login_user_past (began);
CREATE INDEX login_user_past_ended ON login_user_past (ended);
CREATE UNIQUE INDEX login_user_key ON login_user (login) WHERE state <> 'withdrawn';
CREATE INDEX login_user_past_key ON login_user_past (login);
