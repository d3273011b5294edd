-- A reset that may be asked for again under its key: it is answered as the first time, by every replica, whatever has become
-- of the window since.
CREATE TABLE window_reset (
    board_id        integer     NOT NULL,
    idempotency_key text        COLLATE "C" NOT NULL,
    period          smallint    NOT NULL,
    -- the window that was named; null for the running one
    asked           text,
    reason          text        NOT NULL,
    author          text        NOT NULL,
    at              timestamptz NOT NULL,
    window_key      bigint      NOT NULL,
    -- the generation that was closed, or the window that had nothing to close
    window_id       text        NOT NULL,
    begun           boolean     NOT NULL,
    PRIMARY KEY (board_id, idempotency_key)
);

-- begin_reset, once for each key, and with its line in the log, in one transaction. Answers what has been done under the key,
-- now or before. A null key is one of its own.
CREATE FUNCTION reset_window(
    in_board integer, in_period smallint, in_key bigint, in_id text, in_asked text, in_reason text, in_author text,
    in_idempotency text, in_at timestamptz)
RETURNS TABLE (period smallint, asked text, reason text, author text, window_key bigint, window_id text, begun boolean)
LANGUAGE plpgsql AS $$
DECLARE
    done boolean;
    closed text := in_id;
BEGIN
    -- As begin_closing does: who asks again under the same key waits for the first.
    PERFORM pg_advisory_xact_lock(76, in_board);
    IF in_idempotency IS NOT NULL THEN
        RETURN QUERY
        SELECT r.period, r.asked, r.reason, r.author, r.window_key, r.window_id, r.begun FROM window_reset r
        WHERE r.board_id = in_board AND r.idempotency_key = in_idempotency;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    done := begin_reset(in_board, in_period, in_key, in_at);
    IF done THEN
        closed := in_id || '#' || (in_key & 1023) + 1;
        INSERT INTO admin_log (at, action, board_id, window_id, author, reason)
        VALUES (in_at, 'RESET', in_board, closed, in_author, in_reason);
    END IF;
    IF in_idempotency IS NOT NULL THEN
        INSERT INTO window_reset
            (board_id, idempotency_key, period, asked, reason, author, at, window_key, window_id, begun)
        VALUES (in_board, in_idempotency, in_period, in_asked, in_reason, in_author, in_at, in_key, closed, done);
    END IF;
    RETURN QUERY SELECT in_period, in_asked, in_reason, in_author, in_key, closed, done;
END $$;
