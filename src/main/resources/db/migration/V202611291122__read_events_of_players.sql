-- serves: the events of a player on a board, the newest first
CREATE INDEX score_event_player ON score_event (board_id, player_id, id);

-- Which transactions a picture sees: an event is in it if its transaction is. Null in pictures that were taken before.
ALTER TABLE frozen_board ADD COLUMN seen pg_snapshot;
ALTER TABLE frozen_board ALTER COLUMN seen SET DEFAULT pg_current_snapshot();
