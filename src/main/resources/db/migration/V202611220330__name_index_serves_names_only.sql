-- An index that begins with board and period looked as good as the primary key to a planner that knows of few windows yet,
-- and was taken for lookups by key, which then read all windows of the board and period: hundreds for an event, where a
-- board is given its history. One that begins with the name serves names alone.
CREATE INDEX board_window_name ON board_window (window_id, board_id, period);
DROP INDEX board_window_id;
