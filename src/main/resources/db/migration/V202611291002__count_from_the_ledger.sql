-- Standings as the ledger has them: the truth that everything else can be made again from.

-- The events of a window in the ledger: those of its time that were accepted while it counted, in the periods that they are
-- for, without adjustments that have been taken back. Of one player, or of all for null; up to a number in the ledger, or all
-- for null. `puts` is set for an adjustment that takes the place of the standing.
CREATE FUNCTION ledger_events(in_window board_window, in_adds boolean, in_player text, up_to bigint)
RETURNS TABLE (id bigint, player_id text, score bigint, more bigint[], occurred_ms bigint, puts boolean)
LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT e.id, e.player_id, e.score, e.more, e.occurred_ms, NOT in_adds AND coalesce(e.event_id LIKE '#adjust-%', false)
    FROM score_event e
    WHERE e.board_id = in_window.board_id
      AND (in_player IS NULL OR e.player_id = in_player)
      AND (in_window.start_at IS NULL OR e.occurred_ms >= extract(epoch FROM in_window.start_at) * 1000)
      AND (in_window.end_at IS NULL OR e.occurred_ms < extract(epoch FROM in_window.end_at) * 1000)
      AND e.id > coalesce(in_window.first_event, 0)
      AND e.id <= coalesce(least(in_window.last_event, up_to), 9223372036854775807)
      AND (e.periods IS NULL OR e.periods & (1 << (in_window.period - 1)) <> 0)
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '#undo-%')
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '#adjust-%'
           OR EXISTS (SELECT FROM adjustment a
                      WHERE a.board_id = in_window.board_id AND '#adjust-' || a.id = e.event_id AND a.undone_at IS NULL))
$$;

-- The standings of a window as its events in the ledger make them, by the operator of the board. See R__apply_scores.sql.
CREATE FUNCTION ledger_standings(in_window board_window, in_player text, up_to bigint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, more bigint[], idle integer)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    definition board;
    further integer;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_window.board_id;
    further := cardinality(string_to_array(definition.metrics, ',')) - 1;
    IF definition.operator = 'SUM' THEN
        RETURN QUERY
        WITH e AS MATERIALIZED (
            SELECT * FROM ledger_events(in_window, true, in_player, up_to)
        ), first AS (
            SELECT e.player_id, greatest(-9007199254740991, least(9007199254740991, sum(e.score)))::bigint AS score,
                coalesce(max(e.occurred_ms) FILTER (WHERE e.score <> 0), min(e.occurred_ms)) AS reached_at,
                bool_and(e.score = 0)::integer AS idle
            FROM e GROUP BY e.player_id
        ), each AS (
            SELECT e.player_id, k, greatest(-9007199254740991, least(9007199254740991, sum(e.more[2 * k - 1])))::bigint AS score,
                coalesce(max(e.more[2 * k]) FILTER (WHERE e.more[2 * k - 1] <> 0), min(e.more[2 * k])) AS reached_at,
                bool_and(e.more[2 * k - 1] = 0)::integer << k AS idle
            FROM e CROSS JOIN generate_series(1, further) AS k GROUP BY e.player_id, k
        ), packed AS (
            SELECT l.player_id, bit_or(l.idle) AS idle,
                array_agg(CASE n WHEN 0 THEN l.score ELSE l.reached_at END ORDER BY l.k, n) AS more
            FROM each l CROSS JOIN generate_series(0, 1) AS n GROUP BY l.player_id
        )
        SELECT f.player_id, f.score, f.reached_at, p.more, nullif(f.idle | coalesce(p.idle, 0), 0)
        FROM first f LEFT JOIN packed p ON p.player_id = f.player_id;
    ELSE
        RETURN QUERY EXECUTE format(
            'SELECT DISTINCT ON (l.player_id) l.player_id, l.score, l.occurred_ms, l.more, NULL::integer
             FROM (SELECT e.*, max(e.id) FILTER (WHERE e.puts) OVER (PARTITION BY e.player_id) AS put
                   FROM ledger_events($1, false, $2, $3) e) l
             WHERE l.put IS NULL OR l.id >= l.put
             ORDER BY l.player_id, %s',
            CASE definition.operator
                WHEN 'LATEST' THEN 'l.occurred_ms DESC, l.id DESC'
                ELSE 'l.score ' || definition.sort_order || ', l.occurred_ms, l.id' END)
        USING in_window, in_player, up_to;
    END IF;
END $$;

-- Makes a player's standing in a window what the ledger has of it, wherever it stands: in the player's row, next to it, or in
-- the archive. The row of the player must be locked, so that no event of the player is under way.
CREATE FUNCTION recount_player(in_window board_window, in_player text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    slot text := substr('dwmyas', in_window.period, 1);
    counted record;
    held bigint;
BEGIN
    SELECT * INTO counted FROM ledger_standings(in_window, in_player, NULL);
    EXECUTE format('SELECT %s_window FROM standing WHERE board_id = $1 AND player_id = $2', slot)
    INTO held USING in_window.board_id, in_player;

    DELETE FROM window_standing w
    WHERE w.board_id = in_window.board_id AND w.period = in_window.period AND w.window_key = in_window.window_key
      AND w.player_id = in_player;
    IF held = in_window.window_key AND counted.player_id IS NOT NULL THEN
        EXECUTE format('UPDATE standing SET %1$s_score = $3, %1$s_at = $4, %1$s_more = $5, %1$s_idle = $6
                        WHERE board_id = $1 AND player_id = $2', slot)
        USING in_window.board_id, in_player, counted.score, counted.reached_at, counted.more, counted.idle;
    ELSIF held = in_window.window_key THEN
        PERFORM empty_slot(in_window.board_id, in_window.period, in_player);
    ELSIF counted.player_id IS NOT NULL AND in_window.state <> 'CLOSED'
            AND (held IS NULL OR held < in_window.window_key) THEN
        PERFORM take_slot(in_window, in_player, counted.score, counted.reached_at, counted.more, counted.idle);
    ELSIF counted.player_id IS NOT NULL AND in_window.state <> 'CLOSED' THEN
        INSERT INTO window_standing (board_id, period, window_key, player_id, score, reached_at, more, idle)
        VALUES (in_window.board_id, in_window.period, in_window.window_key, in_player, counted.score, counted.reached_at,
                counted.more, counted.idle);
    END IF;
    IF in_window.state = 'CLOSED' AND in_window.expired_at IS NULL THEN
        PERFORM recount_archive(in_window, in_player, counted.score, counted.reached_at, counted.more, counted.idle);
    END IF;
END $$;

-- Leaves a player's row without a standing in its window of a period: the newest one next to it takes the place, so that an
-- event of that window finds it.
CREATE FUNCTION empty_slot(in_board integer, in_period smallint, in_player text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    slot text := substr('dwmyas', in_period, 1);
    past window_standing;
BEGIN
    DELETE FROM window_standing w
    WHERE w.board_id = in_board AND w.period = in_period AND w.player_id = in_player
      AND w.window_key = (SELECT max(l.window_key) FROM window_standing l
                          WHERE l.board_id = in_board AND l.period = in_period AND l.player_id = in_player)
    RETURNING w.* INTO past;
    EXECUTE format('UPDATE standing SET %1$s_window = $3, %1$s_score = $4, %1$s_at = $5, %1$s_more = $6, %1$s_idle = $7
                    WHERE board_id = $1 AND player_id = $2', slot)
    USING in_board, in_player, past.window_key, past.score, past.reached_at, past.more, past.idle;
END $$;

-- Gives a player's row a standing in a newer window; the one that it had stands next to it from then on, while that is open.
CREATE FUNCTION take_slot(
    in_window board_window, in_player text, in_score bigint, in_at bigint, in_more bigint[], in_idle integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    slot text := substr('dwmyas', in_window.period, 1);
BEGIN
    EXECUTE format(
        'INSERT INTO window_standing (board_id, period, window_key, player_id, score, reached_at, more, idle)
         SELECT s.board_id, $3, s.%1$s_window, s.player_id, s.%1$s_score, s.%1$s_at, s.%1$s_more, s.%1$s_idle
         FROM standing s JOIN board_window w ON w.board_id = $1 AND w.period = $3 AND w.window_key = s.%1$s_window
         WHERE s.board_id = $1 AND s.player_id = $2 AND w.state <> $4', slot)
    USING in_window.board_id, in_player, in_window.period, 'CLOSED';
    EXECUTE format('UPDATE standing SET %1$s_window = $3, %1$s_score = $4, %1$s_at = $5, %1$s_more = $6, %1$s_idle = $7
                    WHERE board_id = $1 AND player_id = $2', slot)
    USING in_window.board_id, in_player, in_window.window_key, in_score, in_at, in_more, in_idle;
END $$;

-- The same in an archive: of a disqualified player in what is kept of those, and otherwise in the ranking.
CREATE FUNCTION recount_archive(
    in_window board_window, in_player text, in_score bigint, in_at bigint, in_more bigint[], in_idle integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    own final_standing[];
    counted bigint;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_window.board_id;
    IF in_score IS NOT NULL THEN
        SELECT array_agg(archived_row(
            in_player, CASE k WHEN 0 THEN in_score ELSE in_more[2 * k - 1] END,
            CASE k WHEN 0 THEN in_at ELSE in_more[2 * k] END, k,
            CASE WHEN in_window.period = 1 AND is_idle(in_idle, k) THEN true END))
        INTO own
        FROM generate_series(0, cardinality(string_to_array(definition.metrics, ',')) - 1) AS k;
    END IF;
    IF EXISTS (SELECT FROM disqualification q
               WHERE q.board_id = definition.id AND q.period = in_window.period AND q.window_key = in_window.window_key
                 AND q.player_id = in_player) THEN
        DELETE FROM barred_standing s
        WHERE s.board_id = definition.id AND s.period = in_window.period AND s.window_key = in_window.window_key
          AND s.player_id = in_player;
        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at, idle)
        SELECT definition.id, in_window.period, in_window.window_key, o.metric, in_player, o.score, o.reached_at, o.idle
        FROM unnest(own) o;
        RETURN;
    END IF;
    FOR by_metric IN 0 .. cardinality(string_to_array(definition.metrics, ',')) - 1 LOOP
        counted := rank_archive_again(definition, in_window.period, in_window.window_key, by_metric, in_player, own);
    END LOOP;
    UPDATE board_window w SET players = counted
    WHERE w.board_id = definition.id AND w.period = in_window.period AND w.window_key = in_window.window_key;
END $$;

-- Takes an adjustment back as if it had never been, in all windows of its time, open and closed. Until that is known to be in Redis,
-- too, the open ones, and the rolling ones that are given, are not to be read there: `stale` answers under which number they
-- have been written down for that. Answers nothing when there is nothing to be taken back.
CREATE FUNCTION undo_adjustment(
    in_board integer, in_adjustment bigint, in_reason text, in_author text, at timestamptz,
    rolling_periods smallint[], rolling_keys bigint[])
RETURNS TABLE (period smallint, window_key bigint, window_id text, start_at timestamptz, end_at timestamptz, state text,
    stale bigint)
LANGUAGE plpgsql
SET transaction_timeout = '110s' AS $$
#variable_conflict use_column
DECLARE
    undone adjustment;
    touched board_window;
    mark bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
BEGIN
    -- Nobody closes a window, or ranks an archive, meanwhile; and no window is between two states.
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    UPDATE adjustment a SET undone_at = at, undone_by = in_author
    WHERE a.id = in_adjustment AND a.board_id = in_board AND a.undone_at IS NULL AND a.applied_at IS NOT NULL
    RETURNING a.* INTO undone;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    INSERT INTO admin_log (at, action, board_id, player_id, author, reason)
    VALUES (at, 'UNDO', in_board, undone.player_id, in_author, in_reason);
    -- For those that follow the ledger; it counts nowhere.
    INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at, event_id, attributes, periods)
    VALUES (in_board, undone.player_id, 0, (extract(epoch FROM at) * 1000)::bigint, now(), '#undo-' || undone.id,
            jsonb_build_object('reason', in_reason, 'author', in_author, 'adjustment', '#adjust-' || undone.id), 0);
    -- Behind this every event of the player is either in the ledger or waits.
    UPDATE standing s SET version = s.version + 1 WHERE s.board_id = in_board AND s.player_id = undone.player_id;

    FOR touched IN
        -- Also those that the board has got since: they have been filled with the adjustment.
        SELECT w.* FROM board_window w
        WHERE w.board_id = in_board AND (w.start_at IS NULL OR w.start_at <= undone.created_at)
          AND (w.end_at IS NULL OR w.end_at > undone.created_at)
        ORDER BY w.period, w.window_key
    LOOP
        PERFORM recount_player(touched, undone.player_id);
        RETURN QUERY SELECT touched.period, touched.window_key, touched.window_id, touched.start_at, touched.end_at,
            touched.state, CASE WHEN touched.state <> 'CLOSED' THEN mark_stale(in_board, touched.period, touched.window_key, mark) END;
    END LOOP;
    RETURN QUERY
    SELECT t.period, t.window_key, NULL, NULL::timestamptz, NULL::timestamptz, NULL,
        mark_stale(in_board, t.period, t.window_key, mark)
    FROM unnest(rolling_periods, rolling_keys) AS t(period, window_key);
END $$;

-- Writes down that a window is not to be read from Redis, and answers under which number: below 0 when that has been written
-- down before, for another reason that only a load settles.
CREATE FUNCTION mark_stale(in_board integer, in_period smallint, in_key bigint, mark bigint) RETURNS bigint
LANGUAGE sql AS $$
    INSERT INTO stale_window AS s (board_id, period, window_key, marks, since)
    VALUES (in_board, in_period, in_key, mark, now())
    ON CONFLICT (board_id, period, window_key) DO UPDATE SET marks = greatest(s.marks + 1, excluded.marks)
    RETURNING CASE WHEN old.marks IS NULL THEN new.marks ELSE -new.marks END
$$;
