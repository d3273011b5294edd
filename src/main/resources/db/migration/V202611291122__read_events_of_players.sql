-- serves: the events of a player on a board, the newest first
CREATE INDEX score_event_player ON score_event (board_id, player_id, id);
