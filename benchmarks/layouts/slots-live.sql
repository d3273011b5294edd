WITH live AS MATERIALIZED (
    SELECT player_id, d_score * -1::bigint AS sort, d_at AS at FROM standing WHERE board_id = 1 AND d_window = :window
    UNION ALL
    SELECT player_id, score * -1::bigint, reached_at FROM window_standing
    WHERE board_id = 1 AND period = 1 AND window_key = :window
)
