-- A reset and a disqualification are meant for the generation that is running when they are carried out. A process may know
-- of an earlier one only, so the generation is found here, behind the locks that keep it as it is.

-- The newest generation of a window, whichever generation is given.
CREATE FUNCTION newest_generation(in_board integer, in_period smallint, in_key bigint) RETURNS board_window
LANGUAGE sql STABLE AS $$
    SELECT w FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period
      AND w.window_key BETWEEN in_key - (in_key & 1023) AND in_key - (in_key & 1023) + 1023
    ORDER BY w.window_key DESC LIMIT 1
$$;

-- Refuses to correct a window that is being filled: part of what counts in it is still on its way.
CREATE FUNCTION require_filled(in_window board_window) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (SELECT FROM window_fill f
               WHERE f.board_id = in_window.board_id AND f.period = in_window.period
                 AND f.window_key = in_window.window_key) THEN
        RAISE EXCEPTION 'the window is being filled' USING ERRCODE = 'LB005';
    END IF;
END $$;

-- begin_reset of the generation that is running, once for each key, and with its line in the log, in one transaction. Answers
-- what has been done under the key, now or before; nothing is kept under it when the reset is refused. A null key is one of its
-- own. There is nothing to be closed in a window that never had an event, or is over.
CREATE OR REPLACE FUNCTION reset_window(
    in_board integer, in_period smallint, in_key bigint, in_id text, in_asked text, in_reason text, in_author text,
    in_idempotency text, in_at timestamptz)
RETURNS TABLE (period smallint, asked text, reason text, author text, window_key bigint, window_id text, begun boolean)
LANGUAGE plpgsql AS $$
DECLARE
    running board_window;
    done boolean := false;
    closed text := in_id;
BEGIN
    -- As begin_closing does: who asks again under the same key waits for the first, and nobody else resets meanwhile.
    PERFORM pg_advisory_xact_lock(76, in_board);
    IF in_idempotency IS NOT NULL THEN
        RETURN QUERY
        SELECT r.period, r.asked, r.reason, r.author, r.window_key, r.window_id, r.begun FROM window_reset r
        WHERE r.board_id = in_board AND r.idempotency_key = in_idempotency;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    running := newest_generation(in_board, in_period, in_key);
    running.window_key := coalesce(running.window_key, in_key);
    IF running.state = 'OPEN' THEN
        PERFORM require_filled(running);
        IF running.window_key & 1023 = 1023 THEN
            RAISE EXCEPTION 'the window has no further generation' USING ERRCODE = 'LB071';
        END IF;
        done := begin_reset(in_board, in_period, running.window_key, in_at);
    END IF;
    IF done THEN
        closed := in_id || '#' || (running.window_key & 1023) + 1;
        INSERT INTO admin_log (at, action, board_id, window_id, author, reason)
        VALUES (in_at, 'RESET', in_board, closed, in_author, in_reason);
    END IF;
    IF in_idempotency IS NOT NULL THEN
        INSERT INTO window_reset
            (board_id, idempotency_key, period, asked, reason, author, at, window_key, window_id, begun)
        VALUES (in_board, in_idempotency, in_period, in_asked, in_reason, in_author, in_at, running.window_key, closed,
                done);
    END IF;
    RETURN QUERY SELECT in_period, in_asked, in_reason, in_author, running.window_key, closed, done;
END $$;

-- change_disqualification in a generation that is named, or else in the one that is running. Answers which one that is, its
-- state, and whether anything has changed. Refuses a window that never had an event, is being filled, or is being closed.
CREATE FUNCTION decide_disqualification(
    in_board integer, in_period smallint, in_key bigint, in_window text, in_player text, barring boolean,
    in_reason text, in_author text, at timestamptz)
RETURNS TABLE (window_key bigint, state text, changed boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    chosen board_window;
BEGIN
    PERFORM pg_advisory_xact_lock(77, in_board);
    IF strpos(in_window, '#') > 0 THEN
        SELECT * INTO chosen FROM board_window w
        WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    ELSE
        chosen := newest_generation(in_board, in_period, in_key);
        IF chosen.state <> 'CLOSED' THEN
            -- Nobody resets it from here on.
            PERFORM pg_advisory_xact_lock(76, in_board);
            chosen := newest_generation(in_board, in_period, in_key);
        END IF;
    END IF;
    IF chosen.window_key IS NULL THEN
        RAISE EXCEPTION 'the window has had no events' USING ERRCODE = 'LB072';
    END IF;
    IF chosen.state = 'CLOSING' THEN
        RAISE EXCEPTION 'the window is being closed' USING ERRCODE = 'LB073';
    END IF;
    PERFORM require_filled(chosen);
    RETURN QUERY
    SELECT chosen.window_key, chosen.state,
        change_disqualification(in_board, in_period, chosen.window_key, in_window, in_player, barring, in_reason,
                                in_author, at) IS NOT NULL;
END $$;
