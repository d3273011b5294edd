-- Achievements by what players do day by day: events, attempts that succeed, days in a row.

-- How much of what is measured a player has on each day of the board's zone, by the events in the ledger.
CREATE FUNCTION ledger_counts(in_board integer, in_player text, in_measure text, in_tag text)
RETURNS TABLE (day date, n bigint) LANGUAGE sql STABLE ROWS 100 AS $$
    SELECT (to_timestamp(e.occurred_ms / 1000.0) AT TIME ZONE b.zone)::date, count(*)
    FROM board b CROSS JOIN LATERAL active_events(b.id, in_player) e
    WHERE b.id = in_board AND (in_measure <> 'OUTCOMES' OR e.outcome = 1) AND (in_tag IS NULL OR in_tag = ANY (e.tags))
    GROUP BY 1
$$;

-- The same, from wherever it is read most cheaply.
CREATE FUNCTION achieved_counts(in_board integer, in_player text, in_measure text, in_tag text)
RETURNS TABLE (day date, n bigint) LANGUAGE sql STABLE ROWS 100 AS $$
    SELECT c.day, c.n FROM ledger_counts(in_board, in_player, in_measure, in_tag) c
$$;

-- Whether an event lies in a window, by its instant and by the resets before and after it.
CREATE FUNCTION is_event_of(of_event score_event, of_window board_window) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT of_event.occurred_ms >= extract(epoch FROM of_window.start_at) * 1000
        AND of_event.occurred_ms < extract(epoch FROM of_window.end_at) * 1000
        AND of_event.id > coalesce(of_window.first_event, 0)
        AND of_event.id <= coalesce(of_window.last_event, 9223372036854775807)
        AND (of_event.periods IS NULL OR of_event.periods & (1 << (of_window.period - 1)) <> 0)
$$;

-- What is measured, altogether or for each window; null for nothing. `closed` admits closed windows.
CREATE FUNCTION achieved_days(
    in_board integer, in_player text, in_measure text, in_tag text, in_period smallint, each boolean, closed boolean)
RETURNS TABLE (lasting text, figure bigint) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    IF in_measure = 'STREAK_DAYS' THEN
        RETURN QUERY
        SELECT ''::text, max(s.days) FROM (
            SELECT count(*) AS days FROM (
                SELECT c.day - (row_number() OVER (ORDER BY c.day))::integer AS streak
                FROM achieved_counts(in_board, in_player, in_measure, in_tag) c WHERE c.n > 0) r
            GROUP BY r.streak) s
        HAVING count(*) > 0;
    ELSIF each THEN
        RETURN QUERY
        SELECT lasting_window(w.window_id, w.window_key), sum(c.n)::bigint
        FROM board b JOIN board_window w ON w.board_id = b.id AND w.period = in_period AND (closed OR w.state <> 'CLOSED')
          AND w.first_event IS NULL AND w.last_event IS NULL
        JOIN achieved_counts(in_board, in_player, in_measure, in_tag) c
          ON c.n > 0 AND c.day::timestamp AT TIME ZONE b.zone >= w.start_at AND c.day::timestamp AT TIME ZONE b.zone < w.end_at
        WHERE b.id = in_board
        GROUP BY w.window_id, w.window_key
        UNION ALL
        -- A reset falls into the middle of a day.
        SELECT lasting_window(w.window_id, w.window_key), count(*)
        FROM board_window w JOIN active_events(in_board, in_player) e ON is_event_of(e, w)
        WHERE w.board_id = in_board AND w.period = in_period AND (closed OR w.state <> 'CLOSED')
          AND (w.first_event IS NOT NULL OR w.last_event IS NOT NULL)
          AND (in_measure <> 'OUTCOMES' OR e.outcome = 1) AND (in_tag IS NULL OR in_tag = ANY (e.tags))
        GROUP BY w.window_id, w.window_key;
    ELSE
        RETURN QUERY
        SELECT ''::text, sum(c.n)::bigint FROM achieved_counts(in_board, in_player, in_measure, in_tag) c WHERE c.n > 0
        HAVING count(*) > 0;
    END IF;
END $$;

-- The instant of the event by which what is measured reached `wanted`: the last of them that it takes, by their instants.
CREATE FUNCTION activity_reached(
    in_measure text, in_board integer, in_period smallint, in_window text, in_player text, in_tag text, wanted bigint)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    on_day date;
    of_zone text := (SELECT b.zone FROM board b WHERE b.id = in_board);
    own board_window;
BEGIN
    IF in_window <> '' THEN
        SELECT w.* INTO own FROM board_window w
        WHERE w.board_id = in_board AND w.period = in_period AND lasting_window(w.window_id, w.window_key) = in_window
          AND w.window_id IN (
              split_part(in_window, '#', 1),
              split_part(in_window, '#', 1) || '#' || coalesce(nullif(split_part(in_window, '#', 2), '')::integer, 1));
    END IF;
    IF in_measure = 'STREAK_DAYS' THEN
        SELECT min(r.day) INTO on_day FROM (
            SELECT s.day, row_number() OVER (PARTITION BY s.streak ORDER BY s.day) AS days FROM (
                SELECT c.day, c.day - (row_number() OVER (ORDER BY c.day))::integer AS streak
                FROM ledger_counts(in_board, in_player, in_measure, in_tag) c WHERE c.n > 0) s) r
        WHERE r.days = greatest(wanted, 1);
        RETURN (
            SELECT min(e.occurred_ms) FROM active_events(in_board, in_player) e
            WHERE (to_timestamp(e.occurred_ms / 1000.0) AT TIME ZONE of_zone)::date = on_day);
    END IF;
    RETURN (
        SELECT e.occurred_ms FROM active_events(in_board, in_player) e
        WHERE (in_measure <> 'OUTCOMES' OR e.outcome = 1)
          AND (in_tag IS NULL OR in_tag = ANY (e.tags))
          AND (in_window = '' OR is_event_of(e, own))
        ORDER BY e.occurred_ms, e.id OFFSET greatest(wanted, 1) - 1 LIMIT 1);
END $$;
