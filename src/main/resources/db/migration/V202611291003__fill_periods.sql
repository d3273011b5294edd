-- A period that a board gets later is filled from the ledger, as if the board had always had it.

-- The periods of a board that are just being filled, comma-separated: their rankings are not read.
ALTER TABLE board ADD COLUMN filling text NOT NULL DEFAULT '';

-- A window to be filled with the events up to a number in the ledger; those that are accepted later count in it as ever.
CREATE TABLE window_fill (
    board_id   integer     NOT NULL,
    period     smallint    NOT NULL,
    window_key bigint      NOT NULL,
    up_to      bigint      NOT NULL,
    -- COUNT from the ledger, MERGE with what has been counted since, LOAD into Redis
    state      text        NOT NULL CHECK (state IN ('COUNT', 'MERGE', 'LOAD')),
    begun_at   timestamptz NOT NULL,
    PRIMARY KEY (board_id, period, window_key)
);

-- What has been counted of the events up to there, and is not merged yet.
CREATE TABLE filled_standing (
    board_id   integer  NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    player_id  text     NOT NULL COLLATE "C",
    score      bigint   NOT NULL,
    reached_at bigint   NOT NULL,
    more       bigint[],
    idle       integer,
    PRIMARY KEY (board_id, period, window_key, player_id)
);

-- Opens a window that is to be filled. One that is left from a time when the board had the period before has missed events:
-- it ends, and its next generation takes its place. Called behind the lock of the board.
CREATE FUNCTION begin_fill(
    in_board integer, in_period smallint, first_key bigint, in_id text, in_start timestamptz, in_end timestamptz,
    at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    left_over board_window;
    new_key bigint := first_key;
    boundary bigint;
BEGIN
    SELECT * INTO left_over FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key BETWEEN first_key AND first_key + 1023
    ORDER BY w.window_key DESC LIMIT 1;
    IF left_over.window_key = first_key + 1023 THEN
        RETURN;
    END IF;
    IF left_over.window_key IS NOT NULL THEN
        new_key := left_over.window_key + 1;
        boundary := CASE WHEN left_over.window_key > first_key THEN left_over.first_event END;
        IF left_over.state <> 'CLOSED' THEN
            DELETE FROM window_standing s
            WHERE s.board_id = in_board AND s.period = in_period AND s.window_key = left_over.window_key;
            UPDATE board_window SET state = 'CLOSED', closed_by = 'RESET', closed_at = at, expired_at = at, players = 0,
                window_id = in_id || '#' || (left_over.window_key & 1023) + 1
            WHERE board_id = in_board AND period = in_period AND window_key = left_over.window_key;
        ELSE
            -- An archive stays as it is.
            RETURN;
        END IF;
    END IF;
    INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, opened_at, first_event)
    VALUES (in_board, in_period, new_key, in_id, in_start, in_end, 'OPEN', at, boundary);
    INSERT INTO window_fill (board_id, period, window_key, up_to, state, begun_at)
    VALUES (in_board, in_period, new_key, last_event(), 'COUNT', at);
    UPDATE board SET filling = array_to_string(ARRAY(
        SELECT DISTINCT f.period FROM window_fill f WHERE f.board_id = in_board ORDER BY 1), ',')
    WHERE id = in_board;
END $$;

-- Counts a window that is to be filled. Answers false when another process is at it, or has done it.
CREATE FUNCTION count_fill(in_board integer, in_period smallint, in_key bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    own board_window;
    most bigint;
BEGIN
    SELECT f.up_to INTO most FROM window_fill f
    WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.state = 'COUNT'
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    SELECT * INTO own FROM board_window w WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    INSERT INTO filled_standing (board_id, period, window_key, player_id, score, reached_at, more, idle)
    SELECT in_board, in_period, in_key, l.player_id, l.score, l.reached_at, l.more, l.idle
    FROM ledger_standings(own, NULL, most) l;
    UPDATE window_fill SET state = 'MERGE'
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN true;
END $$;

-- The instant of a sum of two, of which either may be of nothing but zeros.
CREATE FUNCTION merged_instant(one bigint, other bigint, one_idle boolean, other_idle boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN one_idle AND other_idle THEN least(one, other)
         WHEN one_idle THEN other
         WHEN other_idle THEN one
         ELSE greatest(one, other) END;

CREATE FUNCTION merged_sum(one bigint, other bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    greatest(-9007199254740991, least(9007199254740991, one + other));

-- Merges what was counted of a player up to a number in the ledger (`past`) with what has been counted since: by the rules
-- of R__apply_scores.sql, `past` being accepted first.
CREATE FUNCTION merged_standing(in_rule smallint, past filled_standing, since filled_standing) RETURNS filled_standing
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    merged filled_standing := past;
BEGIN
    IF since.score IS NULL THEN
        RETURN past;
    END IF;
    IF in_rule = 1 THEN
        merged.score := merged_sum(past.score, since.score);
        merged.reached_at := merged_instant(past.reached_at, since.reached_at, is_idle(past.idle, 0), is_idle(since.idle, 0));
        merged.more := (
            SELECT array_agg(CASE n % 2 WHEN 1 THEN merged_sum(p, s)
                                        ELSE merged_instant(p, s, is_idle(past.idle, (n / 2)::integer),
                                                            is_idle(since.idle, (n / 2)::integer)) END ORDER BY n)
            FROM unnest(past.more, since.more) WITH ORDINALITY AS t(p, s, n));
        merged.idle := nullif(past.idle & since.idle, 0);
    ELSE
        merged.more := combined_more(in_rule, past.score, since.score, past.reached_at, since.reached_at, past.more,
                                     since.more, NULL);
        merged.score := combined_score(in_rule, past.score, since.score, past.reached_at, since.reached_at);
        merged.reached_at := combined_instant(in_rule, past.score, since.score, past.reached_at, since.reached_at, false);
    END IF;
    RETURN merged;
END $$;

-- Merges the next players of a window that has been counted, and answers how many; 0 when all are, and null when another
-- process is at it.
CREATE FUNCTION merge_fill(in_board integer, in_period smallint, in_key bigint, most integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    own board_window;
    rule smallint;
    slot text := substr('dwmyas', in_period, 1);
    past filled_standing;
    since filled_standing;
    held bigint;
    chosen text[];
    counted integer := 0;
BEGIN
    -- As a batch of events does, so that nobody closes the window meanwhile.
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    PERFORM FROM window_fill f
    WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.state = 'MERGE'
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO own FROM board_window w WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    SELECT CASE b.operator WHEN 'SUM' THEN 1 WHEN 'LATEST' THEN 6 ELSE CASE b.sort_order WHEN 'DESC' THEN 2 ELSE 3 END END
    INTO rule FROM board b WHERE b.id = in_board;
    chosen := ARRAY(SELECT l.player_id FROM filled_standing l
                    WHERE l.board_id = in_board AND l.period = in_period AND l.window_key = in_key
                    ORDER BY l.player_id LIMIT most);
    -- In the order in which batches lock them.
    PERFORM FROM standing s WHERE s.board_id = in_board AND s.player_id = ANY (chosen) ORDER BY s.player_id FOR UPDATE;
    FOR past IN
        DELETE FROM filled_standing f
        WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.player_id = ANY (chosen)
        RETURNING f.*
    LOOP
        counted := counted + 1;
        EXECUTE format('UPDATE standing SET version = version + 1 WHERE board_id = $1 AND player_id = $2
                        RETURNING %s_window', slot)
        INTO held USING in_board, past.player_id;
        IF held = in_key THEN
            EXECUTE format('SELECT board_id, $3, $4, player_id, %1$s_score, %1$s_at, %1$s_more, %1$s_idle
                            FROM standing WHERE board_id = $1 AND player_id = $2', slot)
            INTO since USING in_board, past.player_id, in_period, in_key;
            past := merged_standing(rule, past, since);
            EXECUTE format('UPDATE standing SET %1$s_score = $3, %1$s_at = $4, %1$s_more = $5, %1$s_idle = $6
                            WHERE board_id = $1 AND player_id = $2', slot)
            USING in_board, past.player_id, past.score, past.reached_at, past.more, past.idle;
        ELSIF held IS NULL OR held < in_key THEN
            PERFORM take_slot(own, past.player_id, past.score, past.reached_at, past.more, past.idle);
        ELSE
            since := NULL;
            SELECT w.board_id, w.period, w.window_key, w.player_id, w.score, w.reached_at, w.more, w.idle INTO since
            FROM window_standing w
            WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key AND w.player_id = past.player_id;
            past := merged_standing(rule, past, since);
            INSERT INTO window_standing (board_id, period, window_key, player_id, score, reached_at, more, idle)
            VALUES (in_board, in_period, in_key, past.player_id, past.score, past.reached_at, past.more, past.idle)
            ON CONFLICT (board_id, period, window_key, player_id) DO UPDATE SET
                score = excluded.score, reached_at = excluded.reached_at, more = excluded.more, idle = excluded.idle;
        END IF;
    END LOOP;
    IF counted = 0 THEN
        UPDATE window_fill SET state = 'LOAD'
        WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    END IF;
    RETURN counted;
END $$;

-- Ends the fill of a window, after which it is read; a window of the past that has got no events has never been.
CREATE FUNCTION finish_fill(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(76, in_board);
    DELETE FROM window_fill f
    WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.state = 'LOAD';
    IF NOT FOUND THEN
        RETURN;
    END IF;
    DELETE FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key AND w.end_at <= at
      AND NOT EXISTS (SELECT FROM window_standings(in_board, in_period, in_key, 0::smallint));
    UPDATE board SET revision = revision + 1, filling = array_to_string(ARRAY(
        SELECT DISTINCT f.period FROM window_fill f WHERE f.board_id = in_board ORDER BY 1), ',')
    WHERE id = in_board;
END $$;

-- Fills a window of the past that the board never had, and closes it, in one transaction. Answers the number of players; null
-- when there is such a window, or no event of it.
CREATE FUNCTION fill_past_window(
    in_board integer, in_period smallint, in_key bigint, in_id text, in_start timestamptz, in_end timestamptz,
    at timestamptz, in_reason text, in_author text)
RETURNS bigint LANGUAGE plpgsql
SET transaction_timeout = '110s' AS $$
DECLARE
    own board_window;
    counted bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, closed_by, opened_at)
    SELECT in_board, in_period, in_key, in_id, in_start, in_end, 'CLOSING', 'ROLLOVER', at
    WHERE NOT EXISTS (SELECT FROM board_window w WHERE w.board_id = in_board AND w.period = in_period
                      AND w.window_key BETWEEN in_key AND in_key + 1023)
    RETURNING * INTO own;
    IF own.window_key IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO window_standing (board_id, period, window_key, player_id, score, reached_at, more, idle)
    SELECT in_board, in_period, in_key, l.player_id, l.score, l.reached_at, l.more, l.idle
    FROM ledger_standings(own, NULL, NULL) l;
    IF NOT FOUND THEN
        DELETE FROM board_window w WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
        RETURN NULL;
    END IF;
    INSERT INTO admin_log (at, action, board_id, window_id, author, reason)
    VALUES (at, 'FILL', in_board, in_id, in_author, in_reason);
    counted := finish_closing(in_board, in_period, in_key, at);
    RETURN counted;
END $$;

-- Ends the acceptance of events for a window that is due, and answers its state then. A season whose end has been moved
-- since it was found due stays open, and so does a window that is still being filled.
CREATE OR REPLACE FUNCTION begin_due_closing(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(76, in_board);
    UPDATE board_window w SET state = 'CLOSING', closed_by = 'ROLLOVER'
    FROM board b
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key AND w.state = 'OPEN'
      AND b.id = in_board AND w.end_at + b.lateness_ms * interval '1 millisecond' <= at
      AND NOT EXISTS (SELECT FROM window_fill f
                      WHERE f.board_id = w.board_id AND f.period = w.period AND f.window_key = w.window_key);
    RETURN (SELECT w.state FROM board_window w
            WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key);
END $$;

-- Ends the acceptance of events for a window: after this commits no event can enter it. False when it was not open, or is
-- still being filled.
CREATE OR REPLACE FUNCTION begin_closing(in_board integer, in_period smallint, in_key bigint, in_reason text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(76, in_board);
    UPDATE board_window w SET state = 'CLOSING', closed_by = in_reason
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key AND w.state = 'OPEN'
      AND NOT EXISTS (SELECT FROM window_fill f
                      WHERE f.board_id = w.board_id AND f.period = w.period AND f.window_key = w.window_key);
    RETURN FOUND;
END $$;

-- As before, and without windows that are still being filled: what they hold is not all.
CREATE OR REPLACE FUNCTION take_picture(
    in_board integer, in_freeze integer, at timestamptz,
    rolling_periods smallint[], rolling_from bigint[], rolling_to bigint[], rolling_ids text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    own record;
    windows bigint := 0;
BEGIN
    SELECT * INTO definition FROM board WHERE id = in_board;
    INSERT INTO frozen_board (board_id, freeze_no, closings, taken_at)
    VALUES (in_board, in_freeze, definition.closings, at);
    FOR own IN SELECT w.period, w.window_key, w.window_id, NULL::bigint AS window_to FROM board_window w
               WHERE w.board_id = in_board AND w.state <> 'CLOSED'
                 AND NOT EXISTS (SELECT FROM window_fill f WHERE f.board_id = w.board_id AND f.period = w.period
                                 AND f.window_key = w.window_key)
               UNION ALL
               SELECT * FROM unnest(rolling_periods, rolling_from, rolling_ids, rolling_to) LOOP
        INSERT INTO frozen_window (board_id, freeze_no, period, window_key, window_id, players)
        VALUES (in_board, in_freeze, own.period, own.window_key, own.window_id,
                freeze_window(definition, in_freeze, own.period, own.window_key, own.window_to));
        windows := windows + 1;
    END LOOP;
    RETURN windows;
END $$;

-- A player can not be counted again while part of what counts is on its way.
CREATE FUNCTION require_no_fill(in_board integer) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF EXISTS (SELECT FROM window_fill f WHERE f.board_id = in_board) THEN
        RAISE EXCEPTION 'a period of the board is being filled' USING ERRCODE = 'LB005';
    END IF;
END $$;
