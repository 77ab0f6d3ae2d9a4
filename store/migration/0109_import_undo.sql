-- An import can be undone: the undoing is a record beside the import, names it, and says what it withdrew and what it left standing.
-- Imports that exist undo nothing.

-- +goose Up

ALTER TABLE import_run ADD COLUMN undoes_id ${TEXT};
ALTER TABLE import_run ADD COLUMN withdrawn ${INT};
ALTER TABLE import_run ADD COLUMN left_standing ${INT};
ALTER TABLE import_run_past ADD COLUMN undoes_id ${TEXT};
ALTER TABLE import_run_past ADD COLUMN withdrawn ${INT};
ALTER TABLE import_run_past ADD COLUMN left_standing ${INT};
