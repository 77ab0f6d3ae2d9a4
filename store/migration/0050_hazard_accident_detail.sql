-- What a hazard was judged by, how it came to be known, who listed it, later terms; when an accident was reported, its sector and
-- cancellation, the day of a death. Rows that exist have none of it: no migration writes what nobody recorded.

-- +goose Up

ALTER TABLE hazard ADD COLUMN criterion ${TEXT};
ALTER TABLE hazard_past ADD COLUMN criterion ${TEXT};
ALTER TABLE hazard ADD COLUMN source ${TEXT};
ALTER TABLE hazard_past ADD COLUMN source ${TEXT};
ALTER TABLE hazard ADD COLUMN enterprise_id ${TEXT};
ALTER TABLE hazard_past ADD COLUMN enterprise_id ${TEXT};
ALTER TABLE hazard ADD COLUMN listed_by ${TEXT};
ALTER TABLE hazard_past ADD COLUMN listed_by ${TEXT};
ALTER TABLE hazard ADD COLUMN order_no ${TEXT};
ALTER TABLE hazard_past ADD COLUMN order_no ${TEXT};
ALTER TABLE accident ADD COLUMN reported_on ${TEXT};
ALTER TABLE accident_past ADD COLUMN reported_on ${TEXT};
ALTER TABLE accident ADD COLUMN sector ${TEXT};
ALTER TABLE accident_past ADD COLUMN sector ${TEXT};
ALTER TABLE accident ADD COLUMN enterprise_id ${TEXT};
ALTER TABLE accident_past ADD COLUMN enterprise_id ${TEXT};
ALTER TABLE accident ADD COLUMN cancelled_on ${TEXT};
ALTER TABLE accident_past ADD COLUMN cancelled_on ${TEXT};
ALTER TABLE accident ADD COLUMN cancelled_by ${TEXT};
ALTER TABLE accident_past ADD COLUMN cancelled_by ${TEXT};
ALTER TABLE accident_casualty ADD COLUMN died_on ${TEXT};
ALTER TABLE accident_casualty_past ADD COLUMN died_on ${TEXT};
ALTER TABLE accident_casualty ADD COLUMN uncounted ${BOOL};
ALTER TABLE accident_casualty_past ADD COLUMN uncounted ${BOOL};
CREATE TABLE hazard_extension (
  hazard_id ${TEXT} NOT NULL,
  line_no ${INT} NOT NULL,
  extended_to_on ${TEXT} NOT NULL,
  document ${TEXT} NOT NULL,
  why ${TEXT} NOT NULL,
  CONSTRAINT hazard_extension_line PRIMARY KEY (hazard_id, line_no)
) ${STRICT};
CREATE TABLE hazard_extension_past (
  hazard_id ${TEXT} NOT NULL,
  began ${INT} NOT NULL,
  line_no ${INT} NOT NULL,
  extended_to_on ${TEXT},
  document ${TEXT},
  why ${TEXT},
  CONSTRAINT hazard_extension_past_line PRIMARY KEY (hazard_id, began, line_no)
) ${STRICT};
