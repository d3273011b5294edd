-- The standings of a window by one of its metrics, wherever they stand, the disqualified among them.
CREATE FUNCTION window_standings(in_board integer, in_period smallint, in_key bigint, in_metric smallint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, version bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    slot text := substr('dwmyas', in_period, 1);
    own_score text := CASE in_metric WHEN 0 THEN slot || '_score' ELSE format('%s_more[%s]', slot, 2 * in_metric - 1) END;
    own_at text := CASE in_metric WHEN 0 THEN slot || '_at' ELSE format('%s_more[%s]', slot, 2 * in_metric) END;
    past_score text := CASE in_metric WHEN 0 THEN 'score' ELSE format('more[%s]', 2 * in_metric - 1) END;
    past_at text := CASE in_metric WHEN 0 THEN 'reached_at' ELSE format('more[%s]', 2 * in_metric) END;
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT s.player_id, s.%2$s, s.%3$s, s.version FROM standing s
         WHERE s.board_id = $1 AND s.%1$s_window = $3
         UNION ALL
         SELECT w.player_id, w.%4$s, w.%5$s, s.version FROM window_standing w
         JOIN standing s ON s.board_id = w.board_id AND s.player_id = w.player_id
         WHERE w.board_id = $1 AND w.period = $2 AND w.window_key = $3',
        slot, own_score, own_at, past_score, past_at)
    USING in_board, in_period, in_key;
END $$;

-- As window_standings, without the disqualified.
CREATE FUNCTION live_standings(in_board integer, in_period smallint, in_key bigint, in_metric smallint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, version bigint)
LANGUAGE sql STABLE AS $$
    SELECT l.* FROM window_standings(in_board, in_period, in_key, in_metric) l
    WHERE NOT EXISTS (SELECT FROM disqualification q
                      WHERE q.board_id = in_board AND q.period = in_period AND q.window_key = in_key
                        AND q.player_id = l.player_id)
$$;

-- Writes the final rankings of a window that is closing, one for each metric, and marks it closed. Answers the number of
-- ranked players, or null when another replica is at it or has done it.
CREATE OR REPLACE FUNCTION finish_closing(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    counted bigint;
BEGIN
    PERFORM FROM board_window
    WHERE board_id = in_board AND period = in_period AND window_key = in_key AND state = 'CLOSING'
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO definition FROM board WHERE id = in_board;

    FOR metric IN 0 .. cardinality(string_to_array(definition.metrics, ',')) - 1 LOOP
        INSERT INTO final_standing (board_id, period, window_key, metric, position, better, rank, player_id, score, reached_at)
        SELECT in_board, in_period, in_key, metric, r.position, r.better,
            CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better + 1 END,
            r.player_id, r.score, r.reached_at
        FROM (SELECT s.*,
                     row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C")
                         AS position,
                     rank() OVER (ORDER BY s.score * d.direction) - 1 AS better,
                     CASE definition.rank_mode WHEN 'DENSE' THEN dense_rank() OVER (ORDER BY s.score * d.direction) END
                         AS dense
              FROM live_standings(in_board, in_period, in_key, metric::smallint) s
              CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                                 CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d
             ) r;
        GET DIAGNOSTICS counted = ROW_COUNT;

        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at)
        SELECT in_board, in_period, in_key, metric, q.player_id, s.score, s.reached_at
        FROM disqualification q
        JOIN window_standings(in_board, in_period, in_key, metric::smallint) s ON s.player_id = q.player_id
        WHERE q.board_id = in_board AND q.period = in_period AND q.window_key = in_key;
    END LOOP;

    DELETE FROM window_standing WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    -- Whoever closes windows of a board takes turns at it, so numbers are visible in their order.
    WITH one AS (UPDATE board SET closings = closings + 1 WHERE id = in_board RETURNING closings)
    UPDATE board_window SET state = 'CLOSED', closed_at = at, players = counted, closing_no = (SELECT closings FROM one)
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN counted;
END $$;
