-- The 29 days before today as closed days of :board, on each of which all :players had a score from 0 to 9,999.
SELECT setseed(0.43);
INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, closed_by, opened_at, closed_at, players)
SELECT w.board_id, 1, w.window_key - back * 86400000::bigint * 1024, to_char(w.start_at - back * interval '1 day', 'YYYY-MM-DD'),
    w.start_at - back * interval '1 day', w.end_at - back * interval '1 day', 'CLOSED', 'ROLLOVER', now(), now(), :players
FROM board_window w, generate_series(1, 29) AS back
WHERE w.board_id = :board AND w.period = 1;
INSERT INTO final_standing (board_id, period, window_key, metric, position, better, rank, player_id, score, reached_at)
SELECT d.board_id, 1, d.window_key, 0, n + 1, n, n + 1, 'p' || lpad(n::text, 12, '0'), floor(random() * 10000)::bigint,
    extract(epoch FROM d.start_at)::bigint * 1000
FROM board_window d, generate_series(0, :players - 1) AS n
WHERE d.board_id = :board AND d.period = 1 AND d.state = 'CLOSED';
VACUUM ANALYZE final_standing;
