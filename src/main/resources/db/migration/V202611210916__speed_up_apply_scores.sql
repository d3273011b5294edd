-- Applies a batch of score events in one transaction and answers one row for each, in no fixed order.
--   boards, revisions     the boards of the batch, each once, ascending; another revision raises LB001
--   window_*              the windows the events belong to, each once; one that is not open raises LB002
--   rounds                an event's turn among the events of the same player in this batch, from 0: each round holds a
--                         player at most once, so every event sees exactly the standing the one before it left
--   rules                 see combined_score
--   event_ids, hashes     null where the client chose no id; no id may occur twice in a batch
--   daily .. all_time     window keys, null where the board does not keep the period
--   all_or_nothing        whether an event id taken by other content raises LB003
-- Answers: ord (1-based place in the arrays), outcome (A applied, U unchanged, D duplicate, C conflict: the id is
-- taken by other content), version, and for each of the five periods score and instant, null where not kept.
CREATE OR REPLACE FUNCTION apply_scores(
    boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], occurred bigint[],
    event_ids text[], hashes bigint[], attributes text[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[],
    all_or_nothing boolean)
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[])
LANGUAGE plpgsql
-- The planner takes a batch for a handful of rows, whatever its size, and would join it to itself row by row. What is
-- looked up by key in other tables is written as a scalar subquery, which this leaves alone.
SET enable_nestloop = off
-- A batch whose sender has died is over before tail repair looks for the last time.
SET transaction_timeout = '10s' AS $$
#variable_conflict use_column
DECLARE
    fresh boolean[];
    turn record;
    turn_rule smallint;
BEGIN
    -- Shared with other writers; closing a window, changing or deleting a board takes it alone, for a moment.
    PERFORM pg_advisory_xact_lock_shared(76, b) FROM unnest(boards) AS b;

    IF EXISTS (SELECT FROM unnest(boards, revisions) AS t(id, revision)
               WHERE t.revision IS DISTINCT FROM
                     (SELECT b.revision FROM board b WHERE b.id = t.id AND b.deleted_at IS NULL)) THEN
        RAISE EXCEPTION 'a board of this batch has changed' USING ERRCODE = 'LB001';
    END IF;
    IF EXISTS (SELECT FROM unnest(window_boards, window_periods, window_keys) AS t(board_id, period, window_key)
               WHERE 'OPEN' IS DISTINCT FROM
                     (SELECT w.state FROM board_window w
                      WHERE w.board_id = t.board_id AND w.period = t.period AND w.window_key = t.window_key)) THEN
        RAISE EXCEPTION 'a window of this batch is not open' USING ERRCODE = 'LB002';
    END IF;

    WITH keyed AS (
        INSERT INTO event_key AS k (board_id, event_id, content_hash, received_at, occurred_ms)
        SELECT t.board_id, t.event_id, t.hash, now(), t.at
        FROM unnest(event_boards, event_ids, hashes, occurred) AS t(board_id, event_id, hash, at)
        WHERE t.event_id IS NOT NULL
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING
        RETURNING k.board_id, k.event_id)
    SELECT array_agg(t.event_id IS NULL OR k.event_id IS NOT NULL ORDER BY t.n) INTO fresh
    FROM unnest(event_boards, event_ids) WITH ORDINALITY AS t(board_id, event_id, n)
    LEFT JOIN keyed k ON k.board_id = t.board_id AND k.event_id = t.event_id;

    IF all_or_nothing AND EXISTS (
            SELECT FROM unnest(fresh, event_boards, event_ids, hashes) AS t(is_new, board_id, event_id, hash)
            WHERE NOT t.is_new
              AND t.hash <> (SELECT k.content_hash FROM event_key k
                             WHERE k.board_id = t.board_id AND k.event_id = t.event_id)) THEN
        RAISE EXCEPTION 'an event id of this batch is taken by other content' USING ERRCODE = 'LB003';
    END IF;

    INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at, event_id, attributes)
    SELECT t.board_id, t.player_id, t.score, t.at, now(), t.event_id, t.attributes::jsonb
    FROM unnest(fresh, event_boards, players, scores, occurred, event_ids, attributes)
         WITH ORDINALITY AS t(is_new, board_id, player_id, score, at, event_id, attributes, n)
    WHERE t.is_new
    ORDER BY t.n;

    -- Each round gets its own arrays: to look for its events among all of them would be slow where rounds are many.
    FOR turn IN
        SELECT t.round, t.rule, array_agg(t.n) AS n, array_agg(t.board_id) AS board_ids,
            array_agg(t.player_id) AS player_ids, array_agg(t.score) AS scores, array_agg(t.at) AS at,
            array_agg(t.d) AS d, array_agg(t.w) AS w, array_agg(t.m) AS m, array_agg(t.y) AS y, array_agg(t.a) AS a
        FROM unnest(rounds, rules, fresh, event_boards, players, scores, occurred,
                    daily, weekly, monthly, yearly, all_time)
             WITH ORDINALITY AS t(round, rule, is_new, board_id, player_id, score, at, d, w, m, y, a, n)
        WHERE t.is_new
        GROUP BY t.round, t.rule
        ORDER BY t.round, t.rule
    LOOP
        turn_rule := turn.rule;
        RETURN QUERY
        WITH e AS MATERIALIZED (
            SELECT t.n, t.board_id, t.player_id, t.score, t.at, t.d, t.w, t.m, t.y, t.a
            FROM unnest(turn.n, turn.board_ids, turn.player_ids, turn.scores, turn.at,
                        turn.d, turn.w, turn.m, turn.y, turn.a)
                 AS t(n, board_id, player_id, score, at, d, w, m, y, a)
        ), up AS (
            INSERT INTO standing AS s (board_id, player_id, version,
                d_window, d_score, d_at, w_window, w_score, w_at, m_window, m_score, m_at,
                y_window, y_score, y_at, a_window, a_score, a_at)
            SELECT e.board_id, e.player_id, 1,
                e.d, CASE WHEN e.d IS NOT NULL THEN e.score END, CASE WHEN e.d IS NOT NULL THEN e.at END,
                e.w, CASE WHEN e.w IS NOT NULL THEN e.score END, CASE WHEN e.w IS NOT NULL THEN e.at END,
                e.m, CASE WHEN e.m IS NOT NULL THEN e.score END, CASE WHEN e.m IS NOT NULL THEN e.at END,
                e.y, CASE WHEN e.y IS NOT NULL THEN e.score END, CASE WHEN e.y IS NOT NULL THEN e.at END,
                e.a, CASE WHEN e.a IS NOT NULL THEN e.score END, CASE WHEN e.a IS NOT NULL THEN e.at END
            FROM e
            ORDER BY e.board_id, e.player_id
            ON CONFLICT (board_id, player_id) DO UPDATE SET
                version = s.version + 1,
                d_window = greatest(s.d_window, excluded.d_window),
                d_score = CASE WHEN s.d_window = excluded.d_window
                               THEN combined_score(turn_rule, s.d_score, excluded.d_score)
                               WHEN excluded.d_window < s.d_window OR excluded.d_window IS NULL THEN s.d_score
                               ELSE excluded.d_score END,
                d_at = CASE WHEN s.d_window = excluded.d_window
                            THEN combined_instant(turn_rule, s.d_score, excluded.d_score, s.d_at, excluded.d_at)
                            WHEN excluded.d_window < s.d_window OR excluded.d_window IS NULL THEN s.d_at
                            ELSE excluded.d_at END,
                w_window = greatest(s.w_window, excluded.w_window),
                w_score = CASE WHEN s.w_window = excluded.w_window
                               THEN combined_score(turn_rule, s.w_score, excluded.w_score)
                               WHEN excluded.w_window < s.w_window OR excluded.w_window IS NULL THEN s.w_score
                               ELSE excluded.w_score END,
                w_at = CASE WHEN s.w_window = excluded.w_window
                            THEN combined_instant(turn_rule, s.w_score, excluded.w_score, s.w_at, excluded.w_at)
                            WHEN excluded.w_window < s.w_window OR excluded.w_window IS NULL THEN s.w_at
                            ELSE excluded.w_at END,
                m_window = greatest(s.m_window, excluded.m_window),
                m_score = CASE WHEN s.m_window = excluded.m_window
                               THEN combined_score(turn_rule, s.m_score, excluded.m_score)
                               WHEN excluded.m_window < s.m_window OR excluded.m_window IS NULL THEN s.m_score
                               ELSE excluded.m_score END,
                m_at = CASE WHEN s.m_window = excluded.m_window
                            THEN combined_instant(turn_rule, s.m_score, excluded.m_score, s.m_at, excluded.m_at)
                            WHEN excluded.m_window < s.m_window OR excluded.m_window IS NULL THEN s.m_at
                            ELSE excluded.m_at END,
                y_window = greatest(s.y_window, excluded.y_window),
                y_score = CASE WHEN s.y_window = excluded.y_window
                               THEN combined_score(turn_rule, s.y_score, excluded.y_score)
                               WHEN excluded.y_window < s.y_window OR excluded.y_window IS NULL THEN s.y_score
                               ELSE excluded.y_score END,
                y_at = CASE WHEN s.y_window = excluded.y_window
                            THEN combined_instant(turn_rule, s.y_score, excluded.y_score, s.y_at, excluded.y_at)
                            WHEN excluded.y_window < s.y_window OR excluded.y_window IS NULL THEN s.y_at
                            ELSE excluded.y_at END,
                a_window = greatest(s.a_window, excluded.a_window),
                a_score = CASE WHEN s.a_window = excluded.a_window
                               THEN combined_score(turn_rule, s.a_score, excluded.a_score)
                               WHEN excluded.a_window < s.a_window OR excluded.a_window IS NULL THEN s.a_score
                               ELSE excluded.a_score END,
                a_at = CASE WHEN s.a_window = excluded.a_window
                            THEN combined_instant(turn_rule, s.a_score, excluded.a_score, s.a_at, excluded.a_at)
                            WHEN excluded.a_window < s.a_window OR excluded.a_window IS NULL THEN s.a_at
                            ELSE excluded.a_at END
            RETURNING new.board_id, new.player_id, new.version,
                new.d_window, new.d_score, new.d_at, new.w_window, new.w_score, new.w_at,
                new.m_window, new.m_score, new.m_at, new.y_window, new.y_score, new.y_at,
                new.a_window, new.a_score, new.a_at,
                old.d_window AS od_window, old.d_score AS od_score, old.d_at AS od_at,
                old.w_window AS ow_window, old.w_score AS ow_score, old.w_at AS ow_at,
                old.m_window AS om_window, old.m_score AS om_score, old.m_at AS om_at,
                old.y_window AS oy_window, old.y_score AS oy_score, old.y_at AS oy_at,
                old.a_window AS oa_window, old.a_score AS oa_score, old.a_at AS oa_at
        ), beside AS (
            -- what does not belong into the row: the window a player has left, and the window of a late event
            SELECT u.board_id, u.player_id, e.score, e.at, v.*
            FROM up u
            JOIN e ON e.board_id = u.board_id AND e.player_id = u.player_id
            CROSS JOIN LATERAL (VALUES
                (1::smallint, e.d, u.d_window, u.od_window, u.od_score, u.od_at),
                (2::smallint, e.w, u.w_window, u.ow_window, u.ow_score, u.ow_at),
                (3::smallint, e.m, u.m_window, u.om_window, u.om_score, u.om_at),
                (4::smallint, e.y, u.y_window, u.oy_window, u.oy_score, u.oy_at),
                (5::smallint, e.a, u.a_window, u.oa_window, u.oa_score, u.oa_at)
            ) AS v(slot_period, event_window, now_window, old_window, old_score, old_at)
            WHERE v.event_window < v.now_window OR v.old_window < v.now_window
        ), past AS (
            INSERT INTO window_standing AS p (board_id, period, window_key, player_id, score, reached_at)
            SELECT b.board_id, b.slot_period, b.old_window, b.player_id, b.old_score, b.old_at
            FROM beside b
            WHERE b.old_window < b.now_window
              AND 'CLOSED' <> (SELECT w.state FROM board_window w
                               WHERE w.board_id = b.board_id AND w.period = b.slot_period
                                 AND w.window_key = b.old_window)
            UNION ALL
            SELECT b.board_id, b.slot_period, b.event_window, b.player_id, b.score, b.at
            FROM beside b
            WHERE b.event_window < b.now_window
            ORDER BY 1, 2, 3, 4
            ON CONFLICT (board_id, period, window_key, player_id) DO UPDATE SET
                score = combined_score(turn_rule, p.score, excluded.score),
                reached_at = combined_instant(turn_rule, p.score, excluded.score, p.reached_at, excluded.reached_at)
            RETURNING new.board_id, new.period, new.window_key, new.player_id, new.score, new.reached_at,
                old.score IS DISTINCT FROM new.score OR old.reached_at IS DISTINCT FROM new.reached_at AS changed
        ), late AS (
            SELECT e.n, bool_or(p.changed) AS changed,
                max(p.score) FILTER (WHERE p.period = 1) AS d_score, max(p.reached_at) FILTER (WHERE p.period = 1) AS d_at,
                max(p.score) FILTER (WHERE p.period = 2) AS w_score, max(p.reached_at) FILTER (WHERE p.period = 2) AS w_at,
                max(p.score) FILTER (WHERE p.period = 3) AS m_score, max(p.reached_at) FILTER (WHERE p.period = 3) AS m_at,
                max(p.score) FILTER (WHERE p.period = 4) AS y_score, max(p.reached_at) FILTER (WHERE p.period = 4) AS y_at,
                max(p.score) FILTER (WHERE p.period = 5) AS a_score, max(p.reached_at) FILTER (WHERE p.period = 5) AS a_at
            FROM past p
            JOIN e ON e.board_id = p.board_id AND e.player_id = p.player_id
                  AND p.window_key = CASE p.period WHEN 1 THEN e.d WHEN 2 THEN e.w WHEN 3 THEN e.m
                                                   WHEN 4 THEN e.y ELSE e.a END
            GROUP BY e.n
        )
        SELECT e.n,
            CASE WHEN u.od_window IS DISTINCT FROM u.d_window OR u.od_score <> u.d_score OR u.od_at <> u.d_at
                   OR u.ow_window IS DISTINCT FROM u.w_window OR u.ow_score <> u.w_score OR u.ow_at <> u.w_at
                   OR u.om_window IS DISTINCT FROM u.m_window OR u.om_score <> u.m_score OR u.om_at <> u.m_at
                   OR u.oy_window IS DISTINCT FROM u.y_window OR u.oy_score <> u.y_score OR u.oy_at <> u.y_at
                   OR u.oa_window IS DISTINCT FROM u.a_window OR u.oa_score <> u.a_score OR u.oa_at <> u.a_at
                   OR l.changed
                 THEN 'A' ELSE 'U' END,
            u.version,
            ARRAY[
                CASE WHEN e.d = u.d_window THEN u.d_score ELSE l.d_score END,
                CASE WHEN e.w = u.w_window THEN u.w_score ELSE l.w_score END,
                CASE WHEN e.m = u.m_window THEN u.m_score ELSE l.m_score END,
                CASE WHEN e.y = u.y_window THEN u.y_score ELSE l.y_score END,
                CASE WHEN e.a = u.a_window THEN u.a_score ELSE l.a_score END],
            ARRAY[
                CASE WHEN e.d = u.d_window THEN u.d_at ELSE l.d_at END,
                CASE WHEN e.w = u.w_window THEN u.w_at ELSE l.w_at END,
                CASE WHEN e.m = u.m_window THEN u.m_at ELSE l.m_at END,
                CASE WHEN e.y = u.y_window THEN u.y_at ELSE l.y_at END,
                CASE WHEN e.a = u.a_window THEN u.a_at ELSE l.a_at END]
        FROM e
        JOIN up u ON u.board_id = e.board_id AND u.player_id = e.player_id
        LEFT JOIN late l ON l.n = e.n;
    END LOOP;

    RETURN QUERY
    SELECT t.n,
        CASE WHEN t.hash = (SELECT k.content_hash FROM event_key k
                            WHERE k.board_id = t.board_id AND k.event_id = t.event_id)
             THEN 'D' ELSE 'C' END,
        NULL::bigint, NULL::bigint[], NULL::bigint[]
    FROM unnest(fresh, event_boards, event_ids, hashes) WITH ORDINALITY AS t(is_new, board_id, event_id, hash, n)
    WHERE NOT t.is_new;
END $$;
