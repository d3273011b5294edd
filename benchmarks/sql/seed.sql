-- Standings of the other :players - 1 players, in the windows and with the instant of player p000000000000 on :board.
-- Scores are drawn from 0 to 9,999, so about ten of 100,000 players share each score.
SELECT setseed(0.42);
INSERT INTO standing
SELECT s.board_id, 'p' || lpad(n::text, 12, '0'), 1, s.d_window, score, s.d_at, s.w_window, score, s.d_at,
    s.m_window, score, s.d_at, s.y_window, score, s.d_at, s.a_window, score, s.d_at
FROM standing s, (SELECT n, floor(random() * 10000)::bigint AS score FROM generate_series(1, :players - 1) AS n) AS drawn
WHERE s.board_id = :board AND s.player_id = 'p000000000000';
INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)
SELECT board_id, player_id, a_score, a_at, now() FROM standing
WHERE board_id = :board AND player_id <> 'p000000000000';
VACUUM ANALYZE standing;
