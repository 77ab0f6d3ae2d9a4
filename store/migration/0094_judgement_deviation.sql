-- Why points are lost and what is done about it, apart from the reason of a judgement. Judgements that exist have none: no migration
-- writes what nobody recorded.

-- +goose Up

ALTER TABLE judgement ADD COLUMN deviation ${TEXT};
ALTER TABLE judgement_past ADD COLUMN deviation ${TEXT};
