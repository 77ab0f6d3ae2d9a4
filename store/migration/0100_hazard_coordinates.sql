-- Hazards have coordinates, as a phone gives them where they are filed. Rows that stand have none.

-- +goose Up

ALTER TABLE hazard ADD COLUMN coordinates ${TEXT};
ALTER TABLE hazard_past ADD COLUMN coordinates ${TEXT};
