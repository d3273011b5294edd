-- Opens a window if it has never been opened, and answers its newest generation.
CREATE FUNCTION open_window(
    in_board integer, in_period smallint, first_key bigint, in_id text, in_start timestamptz, in_end timestamptz,
    at timestamptz)
RETURNS TABLE (window_key bigint, state text, window_id text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, opened_at)
    SELECT in_board, in_period, first_key, in_id, in_start, in_end, 'OPEN', at
    WHERE EXISTS (SELECT FROM board b WHERE b.id = in_board AND b.deleted_at IS NULL)
    ON CONFLICT DO NOTHING;
    RETURN QUERY
    SELECT w.window_key, w.state, w.window_id FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period
      AND w.window_key BETWEEN first_key AND first_key + 1023
    ORDER BY w.window_key DESC LIMIT 1;
END $$;

-- Ends the acceptance of events for a window: after this commits no event can enter it. False when it was not open.
CREATE FUNCTION begin_closing(in_board integer, in_period smallint, in_key bigint, in_reason text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(76, in_board);
    UPDATE board_window SET state = 'CLOSING', closed_by = in_reason
    WHERE board_id = in_board AND period = in_period AND window_key = in_key AND state = 'OPEN';
    RETURN FOUND;
END $$;

-- Ends the current generation of a window early and opens the next one in the same transaction, so that players start
-- again from nothing and no event falls between. False when that generation was not open, or is the
-- last that a key can number.
CREATE FUNCTION begin_reset(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF in_key & 1023 = 1023 OR NOT begin_closing(in_board, in_period, in_key, 'RESET') THEN
        RETURN false;
    END IF;
    INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, opened_at)
    SELECT w.board_id, w.period, w.window_key + 1, w.window_id, w.start_at, w.end_at, 'OPEN', at
    FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    UPDATE board_window SET window_id = window_id || '#' || (in_key & 1023) + 1
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN true;
END $$;

-- The live standings of a window, wherever they stand.
CREATE FUNCTION live_standings(in_board integer, in_period smallint, in_key bigint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, version bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    slot text := substr('dwmya', in_period, 1);
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT s.player_id, s.%1$s_score, s.%1$s_at, s.version FROM standing s
         WHERE s.board_id = $1 AND s.%1$s_window = $3
         UNION ALL
         SELECT w.player_id, w.score, w.reached_at, s.version FROM window_standing w
         JOIN standing s ON s.board_id = w.board_id AND s.player_id = w.player_id
         WHERE w.board_id = $1 AND w.period = $2 AND w.window_key = $3', slot)
    USING in_board, in_period, in_key;
END $$;

-- Writes the final ranking of a window that is closing and marks it closed. Answers the number of ranked players, or
-- null when another replica is at it or has done it.
CREATE FUNCTION finish_closing(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    counted bigint;
BEGIN
    PERFORM FROM board_window
    WHERE board_id = in_board AND period = in_period AND window_key = in_key AND state = 'CLOSING'
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    INSERT INTO final_standing (board_id, period, window_key, position, better, rank, player_id, score, reached_at)
    SELECT in_board, in_period, in_key, r.position, r.better,
        CASE WHEN r.rank_mode = 'ORDINAL' THEN r.position ELSE r.better + 1 END,
        r.player_id, r.score, r.reached_at
    FROM (SELECT s.*, b.rank_mode,
                 row_number() OVER (ORDER BY s.score * d.direction, s.reached_at, s.player_id COLLATE "C") AS position,
                 rank() OVER (ORDER BY s.score * d.direction) - 1 AS better
          FROM live_standings(in_board, in_period, in_key) s
          JOIN board b ON b.id = in_board
          CROSS JOIN LATERAL (SELECT CASE b.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction) d) r;
    GET DIAGNOSTICS counted = ROW_COUNT;

    DELETE FROM window_standing WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    UPDATE board_window SET state = 'CLOSED', closed_at = at, players = counted
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN counted;
END $$;
