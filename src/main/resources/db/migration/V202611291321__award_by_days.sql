-- Achievements by what players do day by day: events, attempts that succeed, days in a row. Counted from the days of analytics; the
-- ledger is read only for an instant in one of these days, and for windows that a reset has cut within a day.

-- How much of what is measured a player has on each day of the board's zone.
CREATE FUNCTION achieved_counts(in_board integer, in_player text, in_measure text, in_tag text)
RETURNS TABLE (day date, n bigint) LANGUAGE sql STABLE ROWS 30 AS $$
    SELECT d.day, CASE WHEN in_measure = 'OUTCOMES' THEN d.completed ELSE d.events END FROM activity_day d
    WHERE in_tag IS NULL AND d.board_id = in_board AND d.player_id = in_player
    UNION ALL
    SELECT d.day, CASE WHEN in_measure = 'OUTCOMES' THEN d.completed ELSE d.events END FROM activity_day_tag d
    WHERE d.board_id = in_board AND d.player_id = in_player AND d.tag = in_tag
$$;

-- Whether the days of a board contain all that was written up to a transaction, in the numbering of the feed.
CREATE FUNCTION are_days_counted(in_board integer, to_tx xid8) RETURNS boolean LANGUAGE plpgsql STABLE
-- By the index, whatever a plan was made for.
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
    done follower;
BEGIN
    SELECT f.* INTO done FROM follower f WHERE f.name = 'activity' AND f.shard = in_board & 15;
    RETURN NOT FOUND OR done.tx > to_tx OR NOT EXISTS (
        SELECT FROM score_event e
        WHERE (e.board_id & 15) = done.shard AND (e.tx, e.id) > (done.tx, done.id) AND e.tx <= to_tx
        ORDER BY e.tx, e.id LIMIT 1);
END $$;

-- Whether players can be looked at for an achievement: not before the days contain what was written when it was asked for.
CREATE FUNCTION is_achievement_counted(of_achievement achievement, asked_tx xid8) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT of_achievement.measures ?| ARRAY['EVENTS', 'STREAK_DAYS', 'OUTCOMES'] OR NOT EXISTS (
        SELECT FROM achievement_boards(of_achievement) AS b(id) CROSS JOIN feed_shift s
        WHERE NOT are_days_counted(b.id, ((asked_tx::text::bigint + s.shift)::text)::xid8))
$$;

-- Players whose days were counted again are decided again.
CREATE FUNCTION decide_recounted_players() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO achievement_due (tenant_id, board_id, player_id)
    SELECT c.tenant_id, c.board_id, c.player_id FROM recounted c JOIN board b ON b.id = c.board_id
    WHERE EXISTS (SELECT FROM achievement a
                  WHERE a.tenant_id = b.tenant_id AND a.deleted_at IS NULL AND a.boards ? b.name
                    AND a.measures ?| ARRAY['EVENTS', 'STREAK_DAYS', 'OUTCOMES']);
    RETURN NULL;
END $$;
CREATE TRIGGER recounted_players_are_decided AFTER INSERT ON activity_change REFERENCING NEW TABLE AS recounted
    FOR EACH STATEMENT EXECUTE FUNCTION decide_recounted_players();

-- Whether an event lies in a window, by its instant and by the resets before and after it.
CREATE FUNCTION is_event_of(of_event score_event, of_window board_window) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT of_event.occurred_ms >= extract(epoch FROM of_window.start_at) * 1000
        AND of_event.occurred_ms < extract(epoch FROM of_window.end_at) * 1000
        AND of_event.id > coalesce(of_window.first_event, 0)
        AND of_event.id <= coalesce(of_window.last_event, 9223372036854775807)
        AND (of_event.periods IS NULL OR of_event.periods & (1 << (of_window.period - 1)) <> 0)
$$;

-- The events of a player in a window that a reset has cut: by the numbers of the events on its days.
CREATE FUNCTION active_events_of(in_player text, of_window board_window) RETURNS SETOF score_event LANGUAGE sql STABLE AS $$
    SELECT e.* FROM (
        SELECT min(d.first_id) AS first_id, max(d.last_id) AS last_id FROM board b JOIN activity_day d ON d.board_id = b.id
        WHERE b.id = of_window.board_id AND d.player_id = in_player
          AND d.day BETWEEN (of_window.start_at AT TIME ZONE b.zone)::date AND (of_window.end_at AT TIME ZONE b.zone)::date) n
    CROSS JOIN LATERAL active_events(of_window.board_id, in_player, greatest(n.first_id, coalesce(of_window.first_event, 0)),
        least(n.last_id, coalesce(of_window.last_event, 9223372036854775807))) e
    WHERE is_event_of(e, of_window)
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
        FROM board_window w CROSS JOIN LATERAL active_events_of(in_player, w) e
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

-- The instant of the nth event of a player's day by which something is measured; null when the ledger does not tell.
CREATE FUNCTION instant_on_day(in_measure text, in_board integer, in_player text, in_tag text, on_day date, nth bigint)
RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT e.occurred_ms FROM board b
    JOIN activity_day d ON d.board_id = b.id AND d.player_id = in_player AND d.day = on_day
    CROSS JOIN LATERAL active_events(b.id, in_player, d.first_id, d.last_id) e
    WHERE b.id = in_board
      AND (to_timestamp(e.occurred_ms / 1000.0) AT TIME ZONE b.zone)::date = on_day
      AND (in_measure <> 'OUTCOMES' OR e.outcome = 1) AND (in_tag IS NULL OR in_tag = ANY (e.tags))
    ORDER BY e.occurred_ms, e.id OFFSET nth - 1 LIMIT 1
$$;

-- The instant of the event by which what is measured reached `wanted`: the last of them that it takes, by their instants.
CREATE FUNCTION activity_reached(
    in_measure text, in_board integer, in_period smallint, in_window text, in_player text, in_tag text, wanted bigint)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    least_wanted bigint := greatest(wanted, 1);
    of_zone text := (SELECT b.zone FROM board b WHERE b.id = in_board);
    own board_window;
    on_day date;
    nth bigint := 1;
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
                FROM achieved_counts(in_board, in_player, in_measure, in_tag) c WHERE c.n > 0) s) r
        WHERE r.days = least_wanted;
    ELSIF own.first_event IS NOT NULL OR own.last_event IS NOT NULL THEN
        RETURN (
            SELECT e.occurred_ms FROM active_events_of(in_player, own) e
            WHERE (in_measure <> 'OUTCOMES' OR e.outcome = 1) AND (in_tag IS NULL OR in_tag = ANY (e.tags))
            ORDER BY e.occurred_ms, e.id OFFSET least_wanted - 1 LIMIT 1);
    ELSE
        SELECT r.day, least_wanted - (r.total - r.n) INTO on_day, nth FROM (
            SELECT c.day, c.n, sum(c.n) OVER (ORDER BY c.day) AS total
            FROM achieved_counts(in_board, in_player, in_measure, in_tag) c
            WHERE c.n > 0 AND (in_window = '' OR c.day::timestamp AT TIME ZONE of_zone >= own.start_at
                               AND c.day::timestamp AT TIME ZONE of_zone < own.end_at)) r
        WHERE r.total >= least_wanted ORDER BY r.day LIMIT 1;
    END IF;
    RETURN instant_on_day(in_measure, in_board, in_player, in_tag, on_day, nth);
END $$;
