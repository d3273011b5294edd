-- Kinds of groups and names of attributes whose large segments a board declares, separated by commas.
ALTER TABLE board ADD COLUMN segments text NOT NULL DEFAULT '';
