-- How many checkpoints the book kept when a report was published, so that none of them is taken away unseen. Publications before this one do not say.

-- +goose Up

ALTER TABLE publication ADD COLUMN sealed ${INT};
ALTER TABLE publication_past ADD COLUMN sealed ${INT};
