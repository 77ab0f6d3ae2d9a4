-- Sheets that somebody has uploaded to a page and not yet imported, with what was said of their columns and typed in place of their values; they
-- end by themselves. What was said of the columns is remembered by unit and shape of the sheet. Imports say how many cells were typed and
-- how many rows left out; those that exist say nothing of it. No drafts exist yet.

-- +goose Up

CREATE TABLE import_draft (
  id          ${TEXT} NOT NULL,
  user_id     ${TEXT} NOT NULL,
  kind        ${TEXT} NOT NULL,
  file        ${TEXT} NOT NULL,
  sha256      ${TEXT} NOT NULL,
  content     ${BLOB} NOT NULL,
  said        ${TEXT} NOT NULL,
  began_at    ${INT}  NOT NULL,
  ends_at     ${INT}  NOT NULL,
  CONSTRAINT import_draft_key PRIMARY KEY (id)
) ${STRICT};
CREATE INDEX import_draft_user ON import_draft (user_id, kind);
CREATE INDEX import_draft_ends ON import_draft (ends_at);

CREATE TABLE import_shape (
  unit     ${TEXT} NOT NULL,
  kind     ${TEXT} NOT NULL,
  shape    ${TEXT} NOT NULL,
  columns  ${TEXT} NOT NULL,
  used_at  ${INT}  NOT NULL,
  CONSTRAINT import_shape_key PRIMARY KEY (unit, kind, shape)
) ${CLUSTERED};

ALTER TABLE import_run ADD COLUMN corrected ${INT};
ALTER TABLE import_run ADD COLUMN left_out ${INT};
ALTER TABLE import_run_past ADD COLUMN corrected ${INT};
ALTER TABLE import_run_past ADD COLUMN left_out ${INT};
