WITH live AS MATERIALIZED (
    SELECT player_id, score * -1::bigint AS sort, reached_at AS at FROM standing_row
    WHERE board_id = 1 AND period = 1 AND window_key = :window
)
