-- Batches of random events for one board and all five periods, prepared before the measurement, so that a call of apply_scores
-- costs what it costs the service and drawing players costs nothing. Each lane has its own players, as in the service.
--
-- Variables: board, players (named p and twelve digits), lanes, size (events in a batch)
DROP TABLE IF EXISTS batch;
CREATE UNLOGGED TABLE batch AS
WITH windows AS (
    -- the newest window of each period
    SELECT DISTINCT ON (period) period, window_key FROM board_window
    WHERE board_id = :board AND state = 'OPEN' ORDER BY period, window_key DESC
), drawn AS (
    SELECT lane, no, i, 'p' || lpad((lane + :lanes * floor(random() * (:players / :lanes))::integer)::text, 12, '0') AS player
    FROM generate_series(0, :lanes - 1) AS lane, generate_series(1, 500) AS no, generate_series(1, :size) AS i
), turns AS (
    SELECT d.*, (row_number() OVER (PARTITION BY lane, no, player ORDER BY i) - 1)::integer AS round FROM drawn d
)
SELECT lane, no,
    ARRAY[:board] AS boards,
    (SELECT ARRAY[revision] FROM board WHERE id = :board) AS revisions,
    array_fill(:board, ARRAY[5]) AS window_boards,
    (SELECT array_agg(period ORDER BY period) FROM windows) AS window_periods,
    (SELECT array_agg(window_key ORDER BY period) FROM windows) AS window_keys,
    array_agg(round ORDER BY i) AS rounds,
    array_fill(1::smallint, ARRAY[:size]) AS rules,
    array_fill(:board, ARRAY[:size]) AS event_boards,
    array_agg(player ORDER BY i) AS players,
    array_fill(1::bigint, ARRAY[:size]) AS scores,
    array_fill(NULL::text, ARRAY[:size]) AS event_ids,
    -- no further metrics, no maximum step, no chosen periods, no season
    array_fill(NULL::text, ARRAY[:size]) AS nothing,
    array_fill(0::bigint, ARRAY[:size]) AS hashes,
    array_fill(NULL::text, ARRAY[:size]) AS attributes,
    array_fill((SELECT window_key FROM windows WHERE period = 1), ARRAY[:size]) AS daily,
    array_fill((SELECT window_key FROM windows WHERE period = 2), ARRAY[:size]) AS weekly,
    array_fill((SELECT window_key FROM windows WHERE period = 3), ARRAY[:size]) AS monthly,
    array_fill((SELECT window_key FROM windows WHERE period = 4), ARRAY[:size]) AS yearly,
    array_fill((SELECT window_key FROM windows WHERE period = 5), ARRAY[:size]) AS all_time
FROM turns
GROUP BY lane, no;
ALTER TABLE batch ADD PRIMARY KEY (lane, no);
ANALYZE batch;
