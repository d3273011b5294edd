-- What a board demands of players who are about to play: attributes of their records, and a pause after the last event.
ALTER TABLE board
    ADD COLUMN required_attributes text   NOT NULL DEFAULT '',
    ADD COLUMN cooldown_ms         bigint NOT NULL DEFAULT 0;

-- When the last event of a player happened, as far as it was accepted since this column exists. In the row that every event
-- writes anyway, and in no index.
ALTER TABLE standing ADD COLUMN last_ms bigint;
