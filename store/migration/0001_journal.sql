-- The journal of the book, what stands beside it (secrets, idempotency keys), the outbox, and attachments.
-- The first file: there are no rows yet.

-- +goose Up

-- One row. Locking it is what makes all changes of a book serial. edge holds the roots of the perfect subtrees that
-- the tree of this size is made of, widest first, 32 bytes each: all that appending needs, and root follows from it.
CREATE TABLE book_head (
  id          ${INT}  NOT NULL,
  book_id     ${TEXT} NOT NULL,
  epoch       ${INT}  NOT NULL,
  size        ${INT}  NOT NULL,
  root        ${BLOB} NOT NULL,
  edge        ${BLOB} NOT NULL,
  recorded_at ${INT}  NOT NULL,
  unit        ${TEXT},
  place       ${TEXT},
  CONSTRAINT book_head_key PRIMARY KEY (id),
  CONSTRAINT book_head_is_one CHECK (id = 1)
) ${STRICT};

-- hashes holds the hashes of the Merkle tree that this entry completes, from its own leaf upwards, 32 bytes each:
-- the hash of level L and index N stands with entry (N+1)·2^L. Two hashes an entry on average, no table of their own.
CREATE TABLE journal_entry (
  position    ${INT}  NOT NULL,
  recorded_at ${INT}  NOT NULL,
  kind        ${TEXT} NOT NULL,
  record_id   ${TEXT},
  version     ${INT}  NOT NULL,
  action      ${TEXT} NOT NULL,
  hashes      ${BLOB} NOT NULL,
  body        ${BLOB} NOT NULL,
  CONSTRAINT journal_entry_key PRIMARY KEY (position)
) ${STRICT};

-- Epochs after the first: each began with the entry at position, after a restore that lost entries. The entry says it;
-- this table only finds it.
CREATE TABLE journal_epoch (
  epoch       ${INT}  NOT NULL,
  position    ${INT}  NOT NULL,
  CONSTRAINT journal_epoch_key PRIMARY KEY (epoch)
) ${STRICT};

-- Changes of the signing key: the entry at position says which key signs from there on; this table only finds it.
CREATE TABLE journal_rotation (
  position    ${INT}  NOT NULL,
  CONSTRAINT journal_rotation_key PRIMARY KEY (position)
) ${STRICT};

-- Signed tree heads that were given out.
CREATE TABLE journal_checkpoint (
  epoch       ${INT}  NOT NULL,
  size        ${INT}  NOT NULL,
  recorded_at ${INT}  NOT NULL,
  note        ${TEXT} NOT NULL,
  CONSTRAINT journal_checkpoint_key PRIMARY KEY (epoch, size)
) ${CLUSTERED};

-- What an entry holds as a commitment only: value and salt of personal fields. Erasure sets value to NULL.
CREATE TABLE journal_secret (
  position    ${INT}  NOT NULL,
  path        ${TEXT} NOT NULL,
  salt        ${BLOB} NOT NULL,
  value       ${BLOB},
  CONSTRAINT journal_secret_key PRIMARY KEY (position, path)
) ${CLUSTERED};

-- What was answered to a request with an idempotency key; the same key with another body is a fault.
CREATE TABLE idempotency (
  actor          ${TEXT} NOT NULL,
  key            ${TEXT} NOT NULL,
  request_sha256 ${BLOB} NOT NULL,
  record_id      ${TEXT},
  version        ${INT}  NOT NULL,
  position       ${INT}  NOT NULL,
  recorded_at    ${INT}  NOT NULL,
  CONSTRAINT idempotency_key PRIMARY KEY (actor, key)
) ${CLUSTERED};

-- Events that leave after the commit, in this order. An event belongs to the entry at position.
CREATE TABLE outbox (
  position    ${INT}  NOT NULL,
  line        ${INT}  NOT NULL,
  topic       ${TEXT} NOT NULL,
  body        ${BLOB} NOT NULL,
  CONSTRAINT outbox_key PRIMARY KEY (position, line)
) ${CLUSTERED};

-- Attachments by their SHA-256 in pieces, with PostgreSQL; with SQLite they are files beside the database.
CREATE TABLE blob (
  sha256      ${BLOB} NOT NULL,
  size        ${INT}  NOT NULL,
  CONSTRAINT blob_key PRIMARY KEY (sha256)
) ${CLUSTERED};

CREATE TABLE blob_piece (
  sha256      ${BLOB} NOT NULL,
  piece       ${INT}  NOT NULL,
  content     ${BLOB} NOT NULL,
  CONSTRAINT blob_piece_key PRIMARY KEY (sha256, piece)
) ${STRICT};
