-- Where points stay with the group in which they were earned: how a board counts them for groups.
ALTER TABLE board ADD COLUMN group_points text NOT NULL DEFAULT 'MOVE' CHECK (group_points IN ('MOVE', 'STAY'));

-- The events of a window that count: now, or as the public is shown them while its board is frozen under a number. See
-- ledger_events. What is withdrawn after the freeze still counts, as it does in the snapshot: an event is left out if the event
-- that tells of its withdrawal (take_points_back) is in the snapshot, too.
CREATE FUNCTION ledger_events_shown(in_window board_window, in_adds boolean, in_player text, in_freeze integer)
RETURNS TABLE (id bigint, player_id text, score bigint, more bigint[], occurred_ms bigint, puts boolean)
LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT l.* FROM ledger_events(in_window, in_adds, in_player, NULL) l WHERE in_freeze = 0
    UNION ALL
    SELECT e.id, e.player_id, e.score, e.more, e.occurred_ms, NOT in_adds AND coalesce(e.event_id LIKE '#adjust-%', false)
    FROM frozen_board f JOIN board b ON b.id = f.board_id JOIN score_event e ON e.board_id = f.board_id
    WHERE in_freeze > 0 AND f.board_id = in_window.board_id AND f.freeze_no = in_freeze
      AND (in_player IS NULL OR e.player_id = in_player)
      AND (in_window.start_at IS NULL OR e.occurred_ms >= extract(epoch FROM in_window.start_at) * 1000)
      AND (in_window.end_at IS NULL OR e.occurred_ms < extract(epoch FROM in_window.end_at) * 1000)
      AND e.id > coalesce(in_window.first_event, 0)
      AND e.id <= coalesce(in_window.last_event, 9223372036854775807)
      AND (e.periods IS NULL OR e.periods & (1 << (in_window.period - 1)) <> 0)
      AND is_in_picture(e.tx, e.received_at, f)
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '#undo-%')
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '#adjust-%'
           OR EXISTS (SELECT FROM adjustment a
                      WHERE a.board_id = in_window.board_id AND '#adjust-' || a.id = e.event_id
                        AND (a.undone_at IS NULL OR a.undone_at >= b.freeze_at)))
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '~clear-%'
           OR NOT EXISTS (SELECT FROM withdrawn_event v
                          WHERE v.board_id = in_window.board_id AND v.event_id = e.event_id
                            AND EXISTS (SELECT FROM score_event u
                                        WHERE u.board_id = e.board_id AND u.player_id = e.player_id AND u.id > e.id
                                          AND u.event_id = '#undo-' || substr(e.event_id, 2)
                                          AND is_in_picture(u.tx, u.received_at, f))))
$$;

-- What players have earned for groups in a window, by one metric: their events while they were members, by the operator of the
-- board. Of chosen players, or of all for null. An adjustment that takes the place of a standing counts for the groups of its
-- instant, and nothing before it does.
CREATE FUNCTION earned_in_groups(
    in_window board_window, in_groups bigint[], in_players text[], in_metric integer, in_freeze integer)
RETURNS TABLE (group_number bigint, player_id text, score bigint, reached_at bigint)
LANGUAGE plpgsql STABLE ROWS 10000 AS $$
DECLARE
    definition board;
    events text := CASE WHEN in_players IS NULL THEN 'ledger_events_shown($1, %L, NULL, $5) e'
        ELSE 'unnest($3) AS p CROSS JOIN LATERAL ledger_events_shown($1, %L, p, $5) e' END;
    own_score text := CASE in_metric WHEN 0 THEN 'e.score' ELSE format('e.more[%s]', 2 * in_metric - 1) END;
    own_at text := CASE in_metric WHEN 0 THEN 'e.occurred_ms' ELSE format('e.more[%s]', 2 * in_metric) END;
    earned text := '
        JOIN membership m ON m.tenant_id = $4 AND m.player_id = e.player_id AND m.group_number = ANY ($2)
            AND e.occurred_ms >= extract(epoch FROM m.joined_at) * 1000
            AND (m.left_at IS NULL OR e.occurred_ms < extract(epoch FROM m.left_at) * 1000)';
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_window.board_id;
    IF definition.operator = 'SUM' THEN
        RETURN QUERY EXECUTE format(
            'SELECT m.group_number, e.player_id,
                 greatest(-9007199254740991, least(9007199254740991, sum(%1$s)))::bigint,
                 coalesce(max(%2$s) FILTER (WHERE %1$s <> 0), min(%2$s))
             FROM ' || format(events, true) || earned || '
             GROUP BY m.group_number, e.player_id HAVING count(%1$s) > 0', own_score, own_at)
        USING in_window, in_groups, in_players, definition.tenant_id, in_freeze;
    ELSE
        RETURN QUERY EXECUTE format(
            'SELECT DISTINCT ON (m.group_number, e.player_id) m.group_number, e.player_id, %1$s, %2$s
             FROM (SELECT e.*, max(e.id) FILTER (WHERE e.puts) OVER (PARTITION BY e.player_id) AS put
                   FROM ' || format(events, false) || ') e' || earned || '
             WHERE (e.put IS NULL OR e.id >= e.put) AND %1$s IS NOT NULL
             ORDER BY m.group_number, e.player_id, %3$s',
            own_score, own_at,
            CASE definition.operator
                WHEN 'LATEST' THEN 'e.occurred_ms DESC, e.id DESC'
                ELSE 'e.score ' || definition.sort_order || ', e.occurred_ms, e.id' END)
        USING in_window, in_groups, in_players, definition.tenant_id, in_freeze;
    END IF;
END $$;
