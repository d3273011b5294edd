-- As before, but what is withdrawn after the freeze still counts, as it does in the snapshot: an event is left out if the event
-- that tells of its withdrawal (take_points_back) is in the snapshot, too.
CREATE OR REPLACE FUNCTION ledger_events_shown(in_window board_window, in_adds boolean, in_player text, in_freeze integer)
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
