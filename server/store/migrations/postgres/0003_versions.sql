-- How often what a form shows was changed, so that a form made from an older state is not saved over a newer one.

ALTER TABLE member ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE member_group ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE site ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
