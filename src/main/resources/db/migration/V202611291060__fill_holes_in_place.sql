-- A period that is dropped and added again, or a season that gets instants it did not have, has missed events. The window
-- stays the one that it was, with its disqualifications and the ids of what was taken over; only what it missed is counted.

-- What a fill is to count: events accepted after a number in the ledger (null for all), that happened from an instant on
-- (null for the start of the window). Of players of whom an adjustment has replaced the standing, everything is counted.
ALTER TABLE window_fill
    ADD COLUMN after_event bigint,
    ADD COLUMN from_at timestamptz,
    ADD COLUMN recounted text[],
    -- up to which number this has been done, while it is being counted
    ADD COLUMN counted_to bigint;

CREATE FUNCTION is_period_of(in_period smallint, in_periods text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN
    (ARRAY['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'ALL_TIME', 'SEASON'])[in_period] = ANY (string_to_array(in_periods, ','));

-- A window counts no event that is accepted after its period was dropped, also when it is counted again from the ledger. The
-- definition is changed behind the lock of the board, whichever version of the program does it.
CREATE FUNCTION end_dropped_periods() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE board_window w SET last_event = last_event()
    WHERE w.board_id = NEW.id AND w.state = 'OPEN' AND w.last_event IS NULL
      AND is_period_of(w.period, OLD.periods) AND NOT is_period_of(w.period, NEW.periods);
    RETURN NULL;
END $$;
CREATE TRIGGER periods_dropped AFTER UPDATE OF periods ON board
    FOR EACH ROW WHEN (OLD.periods <> NEW.periods) EXECUTE FUNCTION end_dropped_periods();

-- As before, and not for a period that the board has lost: a process may not have heard of that yet.
CREATE OR REPLACE FUNCTION open_window(
    in_board integer, in_period smallint, first_key bigint, in_id text, in_start timestamptz, in_end timestamptz,
    at timestamptz)
RETURNS TABLE (window_key bigint, state text, window_id text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, opened_at, first_event)
    SELECT in_board, in_period, first_key, in_id, in_start, in_end, 'OPEN', at, last_event()
    WHERE EXISTS (SELECT FROM board b
                  WHERE b.id = in_board AND b.deleted_at IS NULL AND is_period_of(in_period, b.periods))
    ON CONFLICT DO NOTHING;
    RETURN QUERY
    SELECT w.window_key, w.state, w.window_id FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period
      AND w.window_key BETWEEN first_key AND first_key + 1023
    ORDER BY w.window_key DESC LIMIT 1;
END $$;

-- Opens a window that is to be filled, or has one filled that is left from a time when the board had the period before: that
-- one lacks the events since. An archive is filled on request only. Called behind the lock of the board.
CREATE OR REPLACE FUNCTION begin_fill(
    in_board integer, in_period smallint, first_key bigint, in_id text, in_start timestamptz, in_end timestamptz,
    at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    left_over board_window;
BEGIN
    SELECT * INTO left_over FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key BETWEEN first_key AND first_key + 1023
    ORDER BY w.window_key DESC LIMIT 1;
    IF left_over.window_key IS NULL THEN
        INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, opened_at)
        VALUES (in_board, in_period, first_key, in_id, in_start, in_end, 'OPEN', at);
        PERFORM order_fill(in_board, in_period, first_key, NULL, NULL, at);
    ELSIF left_over.state = 'OPEN' THEN
        -- Null when an older version has dropped the period, and nobody knows what the window has missed.
        IF left_over.last_event IS NULL THEN
            PERFORM empty_window(left_over, NULL);
        END IF;
        UPDATE board_window w SET last_event = NULL
        WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = left_over.window_key;
        PERFORM order_fill(in_board, in_period, left_over.window_key, coalesce(left_over.last_event, left_over.first_event),
                           NULL, at);
    END IF;
END $$;

-- Has a season filled that gets instants for which events may have been accepted: all of it, or when it has had events before,
-- from its previous end on. Called behind the lock of the board.
CREATE FUNCTION begin_season_fill(
    in_board integer, first_key bigint, in_id text, in_start timestamptz, in_end timestamptz, previous_end timestamptz,
    at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own board_window;
BEGIN
    SELECT * INTO own FROM board_window w
    WHERE w.board_id = in_board AND w.period = 6 AND w.window_key BETWEEN first_key AND first_key + 1023
    ORDER BY w.window_key DESC LIMIT 1;
    IF own.window_key IS NULL THEN
        PERFORM begin_fill(in_board, 6::smallint, first_key, in_id, in_start, in_end, at);
    ELSIF own.state = 'OPEN' AND previous_end < in_end THEN
        PERFORM order_fill(in_board, 6::smallint, own.window_key, own.first_event, previous_end, at);
    END IF;
END $$;

CREATE FUNCTION order_fill(
    in_board integer, in_period smallint, in_key bigint, in_after bigint, in_from timestamptz, at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own board_window;
    replaced text[];
BEGIN
    SELECT * INTO own FROM board_window w WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    -- What an adjustment has replaced is in the standing no more, and what it replaces may be among the events to come.
    IF 'SUM' <> (SELECT b.operator FROM board b WHERE b.id = in_board) THEN
        replaced := ARRAY(SELECT DISTINCT a.player_id FROM adjustment a
                          WHERE a.board_id = in_board AND a.undone_at IS NULL
                            AND (own.start_at IS NULL OR a.created_at >= own.start_at)
                            AND (own.end_at IS NULL OR a.created_at < own.end_at));
        PERFORM empty_window(own, replaced);
    END IF;
    INSERT INTO window_fill (board_id, period, window_key, up_to, state, begun_at, after_event, from_at, recounted)
    VALUES (in_board, in_period, in_key, last_event(), 'COUNT', at, in_after, in_from, replaced);
    UPDATE board SET filling = array_to_string(ARRAY(
        SELECT DISTINCT f.period FROM window_fill f WHERE f.board_id = in_board ORDER BY 1), ',')
    WHERE id = in_board;
END $$;

-- Takes the standings of some players out of a window, or of all for null. Called behind the lock of the board.
CREATE FUNCTION empty_window(in_window board_window, in_players text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    slot text := substr('dwmyas', in_window.period, 1);
    chosen text;
BEGIN
    DELETE FROM window_standing s
    WHERE s.board_id = in_window.board_id AND s.period = in_window.period AND s.window_key = in_window.window_key
      AND (in_players IS NULL OR s.player_id = ANY (in_players));
    FOR chosen IN EXECUTE format(
            'SELECT s.player_id FROM standing s
             WHERE s.board_id = $1 AND s.%s_window = $2 AND ($3 IS NULL OR s.player_id = ANY ($3))', slot)
        USING in_window.board_id, in_window.window_key, in_players
    LOOP
        PERFORM empty_slot(in_window.board_id, in_window.period, chosen);
        UPDATE standing s SET version = s.version + 1
        WHERE s.board_id = in_window.board_id AND s.player_id = chosen;
    END LOOP;
END $$;

-- Numbers of the ledger that are counted in one transaction. Each reads all of the ledger once, some tenths of a second for a
-- million events, and takes up to 7 seconds for each million that it counts.
CREATE FUNCTION fill_step() RETURNS bigint LANGUAGE sql IMMUTABLE RETURN 3000000;

-- Counts the next events of a window that is to be filled. Answers false when another process is at it, or has done it.
CREATE OR REPLACE FUNCTION count_fill(in_board integer, in_period smallint, in_key bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    own board_window;
    missed board_window;
    fill window_fill;
    reached bigint;
BEGIN
    SELECT f.* INTO fill FROM window_fill f
    WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.state = 'COUNT'
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    SELECT * INTO own FROM board_window w WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    missed := own;
    missed.first_event := coalesce(fill.after_event, own.first_event);
    missed.start_at := coalesce(fill.from_at, own.start_at);
    -- greatest and least pass over nulls.
    own.first_event := greatest(own.first_event, fill.counted_to);
    reached := coalesce(fill.counted_to, CASE WHEN cardinality(fill.recounted) > 0 THEN own.first_event
                                              ELSE missed.first_event END, 0) + fill_step();
    missed.first_event := greatest(missed.first_event, fill.counted_to);
    PERFORM add_counted(missed, ARRAY(SELECT unnest(fill.recounted)), false, least(reached, fill.up_to));
    IF cardinality(fill.recounted) > 0 THEN
        PERFORM add_counted(own, fill.recounted, true, least(reached, fill.up_to));
    END IF;
    UPDATE window_fill SET counted_to = reached, state = CASE WHEN reached >= fill.up_to THEN 'MERGE' ELSE 'COUNT' END
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN true;
END $$;

-- Adds the events of a window up to a number in the ledger to what has been counted: those of some players (`chosen`), or of
-- all others. An adjustment among them replaces what was counted of its player before.
CREATE FUNCTION add_counted(in_window board_window, in_players text[], chosen boolean, up_to bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    rule smallint;
    replaced text[] := '{}';
BEGIN
    SELECT CASE b.operator WHEN 'SUM' THEN 1 WHEN 'LATEST' THEN 6 ELSE CASE b.sort_order WHEN 'DESC' THEN 2 ELSE 3 END END
    INTO rule FROM board b WHERE b.id = in_window.board_id;
    IF chosen THEN
        replaced := ARRAY(SELECT DISTINCT e.player_id FROM ledger_events(in_window, false, NULL, up_to) e WHERE e.puts);
    END IF;
    INSERT INTO filled_standing AS f (board_id, period, window_key, player_id, score, reached_at, more, idle)
    SELECT in_window.board_id, in_window.period, in_window.window_key, l.player_id, l.score, l.reached_at, l.more, l.idle
    FROM ledger_standings(in_window, NULL, up_to) l
    WHERE (l.player_id = ANY (in_players)) = chosen
    ON CONFLICT (board_id, period, window_key, player_id) DO UPDATE SET (score, reached_at, more, idle) = (
        SELECT m.score, m.reached_at, m.more, m.idle
        FROM merged_slot(
            rule,
            CASE WHEN f.player_id = ANY (replaced)
                 THEN ROW(excluded.score, excluded.reached_at, excluded.more, excluded.idle)::slot_standing
                 ELSE ROW(f.score, f.reached_at, f.more, f.idle)::slot_standing END,
            CASE WHEN f.player_id <> ALL (replaced)
                 THEN ROW(excluded.score, excluded.reached_at, excluded.more, excluded.idle)::slot_standing END) m);
END $$;

CREATE FUNCTION has_standings(in_board integer, in_period smallint, in_key bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    found boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM standing s WHERE s.board_id = $1 AND s.%s_window = $2)',
                   substr('dwmyas', in_period, 1))
    INTO found USING in_board, in_key;
    RETURN found OR EXISTS (SELECT FROM window_standing w
                            WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key);
END $$;

-- Ends the fill of a window, after which it is read; a window of the past, or a season, that has got no events has never
-- been.
CREATE OR REPLACE FUNCTION finish_fill(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(76, in_board);
    DELETE FROM window_fill f
    WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.state = 'LOAD';
    IF NOT FOUND THEN
        RETURN;
    END IF;
    DELETE FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key AND w.window_key & 1023 = 0
      AND (w.end_at <= at OR w.period = 6)
      AND NOT has_standings(in_board, in_period, in_key);
    UPDATE board SET revision = revision + 1, filling = array_to_string(ARRAY(
        SELECT DISTINCT f.period FROM window_fill f WHERE f.board_id = in_board ORDER BY 1), ',')
    WHERE id = in_board;
END $$;

-- Fills a window of the past that the board never had, or that was archived while the board lacked its period, in one
-- transaction. Answers the number of players; null when there is such a window, with all its events, or no event of it.
CREATE OR REPLACE FUNCTION fill_past_window(
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
    SELECT * INTO own FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key BETWEEN in_key AND in_key + 1023
    ORDER BY w.window_key DESC LIMIT 1;
    IF own.state = 'CLOSED' AND own.last_event IS NOT NULL AND own.expired_at IS NULL THEN
        INSERT INTO admin_log (at, action, board_id, window_id, author, reason)
        VALUES (at, 'FILL', in_board, in_id, in_author, in_reason);
        RETURN archive_again(own);
    ELSIF own.window_key IS NOT NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, closed_by, opened_at)
    VALUES (in_board, in_period, in_key, in_id, in_start, in_end, 'CLOSING', 'ROLLOVER', at)
    RETURNING * INTO own;
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

-- Forgets windows that have been opened for what was refused, or has been taken back since: nothing stands in them. Answers
-- which.
CREATE FUNCTION forget_unused_windows(in_board integer) RETURNS SETOF board_window LANGUAGE plpgsql AS $$
BEGIN
    -- Seldom any, so nobody is kept waiting for nothing.
    IF NOT EXISTS (SELECT FROM unused_windows(in_board)) THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(76, in_board);
    RETURN QUERY
    DELETE FROM board_window w USING unused_windows(in_board) u
    WHERE w.board_id = u.board_id AND w.period = u.period AND w.window_key = u.window_key
    RETURNING w.*;
END $$;

CREATE FUNCTION unused_windows(in_board integer) RETURNS SETOF board_window LANGUAGE sql VOLATILE AS $$
    SELECT w.* FROM board_window w
    WHERE w.board_id = in_board AND w.state = 'OPEN' AND w.window_key & 1023 = 0
      AND NOT EXISTS (SELECT FROM window_fill f
                      WHERE f.board_id = w.board_id AND f.period = w.period AND f.window_key = w.window_key)
      AND NOT EXISTS (SELECT FROM disqualification q
                      WHERE q.board_id = w.board_id AND q.period = w.period AND q.window_key = w.window_key)
      AND NOT has_standings(w.board_id, w.period, w.window_key)
$$;

-- A standing as it is held in one slot of a player's row.
CREATE TYPE slot_standing AS (score bigint, reached_at bigint, more bigint[], idle integer);

-- Merges the next players of a window that has been counted, and answers how many; 0 when all are, and null when another
-- process is at it. One statement for all of them: their events wait for it.
CREATE OR REPLACE FUNCTION merge_fill(in_board integer, in_period smallint, in_key bigint, most integer) RETURNS integer
LANGUAGE plpgsql
-- Plans from when the tables were small read all of a board for each player.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    rule smallint;
    chosen text[];
BEGIN
    -- As a batch of events does, so that nobody closes the window meanwhile.
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    PERFORM FROM window_fill f
    WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.state = 'MERGE'
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT CASE b.operator WHEN 'SUM' THEN 1 WHEN 'LATEST' THEN 6 ELSE CASE b.sort_order WHEN 'DESC' THEN 2 ELSE 3 END END
    INTO rule FROM board b WHERE b.id = in_board;
    chosen := ARRAY(SELECT l.player_id FROM filled_standing l
                    WHERE l.board_id = in_board AND l.period = in_period AND l.window_key = in_key
                    ORDER BY l.player_id LIMIT most);
    -- In the order in which batches lock them.
    PERFORM FROM standing s WHERE s.board_id = in_board AND s.player_id = ANY (chosen) ORDER BY s.player_id FOR UPDATE;
    EXECUTE format(
        'WITH past AS (
             DELETE FROM filled_standing f
             WHERE f.board_id = $1 AND f.period = $2 AND f.window_key = $3 AND f.player_id = ANY ($4)
             RETURNING f.player_id, ROW(f.score, f.reached_at, f.more, f.idle)::slot_standing AS counted
         ), joined AS MATERIALIZED (
             SELECT s.player_id, s.%1$s_window AS held,
                 ROW(s.%1$s_score, s.%1$s_at, s.%1$s_more, s.%1$s_idle)::slot_standing AS own,
                 merged_slot($5, p.counted, CASE
                     WHEN s.%1$s_window = $3
                     THEN ROW(s.%1$s_score, s.%1$s_at, s.%1$s_more, s.%1$s_idle)::slot_standing
                     ELSE ROW(w.score, w.reached_at, w.more, w.idle)::slot_standing END) AS merged
             FROM past p
             JOIN standing s ON s.board_id = $1 AND s.player_id = p.player_id
             LEFT JOIN window_standing w
               ON w.board_id = $1 AND w.period = $2 AND w.window_key = $3 AND w.player_id = p.player_id
         ), left_behind AS (
             INSERT INTO window_standing (board_id, period, window_key, player_id, score, reached_at, more, idle)
             SELECT $1, $2, j.held, j.player_id, (j.own).score, (j.own).reached_at, (j.own).more, (j.own).idle
             FROM joined j
             WHERE j.held < $3 AND ''CLOSED'' <> (SELECT o.state FROM board_window o
                                                WHERE o.board_id = $1 AND o.period = $2 AND o.window_key = j.held)
         ), next_to_it AS (
             INSERT INTO window_standing (board_id, period, window_key, player_id, score, reached_at, more, idle)
             SELECT $1, $2, $3, j.player_id, (j.merged).score, (j.merged).reached_at, (j.merged).more, (j.merged).idle
             FROM joined j WHERE j.held > $3
             ON CONFLICT (board_id, period, window_key, player_id) DO UPDATE SET
                 score = excluded.score, reached_at = excluded.reached_at, more = excluded.more, idle = excluded.idle
         )
         UPDATE standing s SET version = s.version + 1,
             %1$s_window = greatest(s.%1$s_window, $3),
             %1$s_score = CASE WHEN j.held > $3 THEN s.%1$s_score ELSE (j.merged).score END,
             %1$s_at = CASE WHEN j.held > $3 THEN s.%1$s_at ELSE (j.merged).reached_at END,
             %1$s_more = CASE WHEN j.held > $3 THEN s.%1$s_more ELSE (j.merged).more END,
             %1$s_idle = CASE WHEN j.held > $3 THEN s.%1$s_idle ELSE (j.merged).idle END
         FROM joined j WHERE s.board_id = $1 AND s.player_id = j.player_id',
        substr('dwmyas', in_period, 1))
    USING in_board, in_period, in_key, chosen, rule;
    IF cardinality(chosen) = 0 THEN
        UPDATE window_fill SET state = 'LOAD'
        WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    END IF;
    RETURN cardinality(chosen);
END $$;
