-- Who somebody is at an identity provider (OpenID Connect): linked by the user itself, by the subject that the provider never gives to another. A user
-- has one at each provider. Like what people sign in by it is neither journalled, exported nor backed up; the journal says that one was linked
-- or unlinked. No rows exist yet.

-- +goose Up

CREATE TABLE login_subject (
  issuer   ${TEXT} NOT NULL,
  subject  ${TEXT} NOT NULL,
  user_id  ${TEXT} NOT NULL,
  made_at  ${INT}  NOT NULL,
  used_at  ${INT},
  CONSTRAINT login_subject_key PRIMARY KEY (issuer, subject),
  CONSTRAINT login_subject_user UNIQUE (user_id, issuer)
) ${CLUSTERED};
