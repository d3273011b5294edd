-- :challenges challenges with 6 variants on the board 'points', :players players, and :submissions submissions of them, of which
-- every third clears. The points of clearings are not scores of the board: what is measured does not read those.
SELECT setseed(0.42);
INSERT INTO challenge (id, title, measure, sort_order, board, variants, tags, revision, created_at, updated_at)
SELECT 'c' || lpad(n::text, 4, '0'), 'Level ' || n, 'LENGTH', 'ASC', 'points',
    (SELECT jsonb_object_agg('v' || v, jsonb_build_object('points', 100 * v)) FROM generate_series(1, 6) AS v),
    '[]', 1, now(), now()
FROM generate_series(1, :challenges) AS n;
CREATE TEMP TABLE drawn AS
SELECT gen_random_uuid() AS id, c.number AS challenge, 'v' || (1 + floor(random() * 6))::integer AS variant,
    'p' || lpad(floor(random() * :players)::bigint::text, 12, '0') AS player_id,
    1700000000000 + n AS at_ms, 20 + floor(random() * 480)::integer AS length, n % 3 = 0 AS cleared
FROM generate_series(1, :submissions) AS n
JOIN LATERAL (SELECT 1 + floor(random() * :challenges)::integer AS at WHERE n > 0) r ON true
JOIN (SELECT number, row_number() OVER (ORDER BY number) AS at FROM challenge WHERE id LIKE 'c%') c ON c.at = r.at;
INSERT INTO submission (id, challenge, variant, player_id, at_ms, length, cleared, content_hash, outcome, points)
SELECT id, challenge, variant, player_id, at_ms, length, cleared, 0, CASE WHEN cleared THEN 'AGAIN' ELSE 'NO' END, 0 FROM drawn;
INSERT INTO submission_content (id, content) SELECT id, repeat('x', length) FROM drawn;
INSERT INTO challenge_best (challenge, variant, player_id, missed, sort_value, at_ms, submission)
SELECT DISTINCT ON (challenge, variant, player_id) challenge, variant, player_id, (NOT cleared)::integer, length, at_ms, id
FROM drawn ORDER BY challenge, variant, player_id, NOT cleared, length, at_ms, id;
INSERT INTO clearing (challenge, variant, player_id, submission, at_ms, board_id, event_id, event_ms, points)
SELECT DISTINCT ON (challenge, variant, player_id) challenge, variant, player_id, drawn.id AS submission, at_ms,
    (SELECT b.id FROM board b WHERE b.name = 'points'), '~clear-' || drawn.id, at_ms, 100
FROM drawn WHERE cleared ORDER BY challenge, variant, player_id, at_ms, drawn.id;
INSERT INTO cleared_variant (challenge, variant, players, first_player, first_ms, first_submission)
SELECT challenge, variant, count(*), (array_agg(player_id ORDER BY at_ms))[1], min(at_ms), (array_agg(submission ORDER BY at_ms))[1]
FROM clearing GROUP BY challenge, variant;
INSERT INTO clearing_total (player_id, cleared, points)
SELECT player_id, count(*), sum(points) FROM clearing GROUP BY player_id;
DROP TABLE drawn;
VACUUM ANALYZE;
