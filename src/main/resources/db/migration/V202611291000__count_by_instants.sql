-- What a standing is depends on the events of its window and their instants, and not on the order in which they arrived.

-- The metrics in which a standing of a SUM board has had nothing but zeros, as bits (bit 0 the first metric); null for none.
-- See R__apply_scores.sql. Nullable and without default: adding them rewrites no table.
ALTER TABLE standing
    ADD COLUMN d_idle integer, ADD COLUMN w_idle integer, ADD COLUMN m_idle integer,
    ADD COLUMN y_idle integer, ADD COLUMN a_idle integer, ADD COLUMN s_idle integer;
ALTER TABLE window_standing ADD COLUMN idle integer;
-- Of days only: rolling windows are made of them.
ALTER TABLE final_standing ADD COLUMN idle boolean;
ALTER TABLE barred_standing ADD COLUMN idle boolean;

-- The periods in which an event counts, bit 0 the first; null for every period of the board.
ALTER TABLE score_event ADD COLUMN periods smallint;

UPDATE score_event e SET periods = a.periods
FROM (SELECT '#adjust-' || a.id AS event_id, a.board_id,
             bit_or(1 << (w.period - 1))::smallint AS periods
      FROM adjustment a, json_to_recordset(a.windows::json) AS w(period integer)
      GROUP BY 1, 2) a
WHERE e.board_id = a.board_id AND e.event_id = a.event_id;

-- The events that a window counts, among those of its time: accepted after `first_event` and up to `last_event`, as numbers
-- in the ledger; null for no bound.
ALTER TABLE board_window ADD COLUMN first_event bigint, ADD COLUMN last_event bigint;

UPDATE board_window w SET
    first_event = CASE WHEN w.window_key & 1023 > 0 THEN
        coalesce((SELECT max(e.id) FROM score_event e WHERE e.received_at <= w.opened_at), 0) END,
    last_event = (SELECT coalesce((SELECT max(e.id) FROM score_event e WHERE e.received_at <= n.opened_at), 0)
                  FROM board_window n
                  WHERE n.board_id = w.board_id AND n.period = w.period AND n.window_key = w.window_key + 1)
WHERE w.window_key & 1023 > 0
   OR EXISTS (SELECT FROM board_window n
              WHERE n.board_id = w.board_id AND n.period = w.period AND n.window_key = w.window_key + 1
                AND n.window_key & 1023 > 0);

-- The number of the last event in the ledger. Behind the lock of a board that board has none under way.
CREATE FUNCTION last_event() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('score_event', 'id')::regclass), 0)
$$;

-- Opens a window if it has never been opened, and answers its newest generation. Whatever is to count in it is accepted later.
CREATE OR REPLACE FUNCTION open_window(
    in_board integer, in_period smallint, first_key bigint, in_id text, in_start timestamptz, in_end timestamptz,
    at timestamptz)
RETURNS TABLE (window_key bigint, state text, window_id text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, opened_at, first_event)
    SELECT in_board, in_period, first_key, in_id, in_start, in_end, 'OPEN', at, last_event()
    WHERE EXISTS (SELECT FROM board b WHERE b.id = in_board AND b.deleted_at IS NULL)
    ON CONFLICT DO NOTHING;
    RETURN QUERY
    SELECT w.window_key, w.state, w.window_id FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period
      AND w.window_key BETWEEN first_key AND first_key + 1023
    ORDER BY w.window_key DESC LIMIT 1;
END $$;

-- Ends the current generation of a window early and opens the next one in the same transaction, so that players start
-- again from nothing and no event falls between. False when that generation was not open, or is the
-- last that a key can number.
CREATE OR REPLACE FUNCTION begin_reset(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    boundary bigint;
BEGIN
    IF in_key & 1023 = 1023 OR NOT begin_closing(in_board, in_period, in_key, 'RESET') THEN
        RETURN false;
    END IF;
    boundary := last_event();
    INSERT INTO board_window (board_id, period, window_key, window_id, start_at, end_at, state, opened_at, first_event)
    SELECT w.board_id, w.period, w.window_key + 1, w.window_id, w.start_at, w.end_at, 'OPEN', at, boundary
    FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    UPDATE board_window SET window_id = window_id || '#' || (in_key & 1023) + 1, last_event = boundary
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN true;
END $$;

-- Writes the final rankings of a window that is closing, one for each metric, and marks it closed. Answers the number of
-- ranked players, or null when another replica is at it or has done it.
CREATE OR REPLACE FUNCTION finish_closing(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    counted bigint;
BEGIN
    PERFORM FROM board_window
    WHERE board_id = in_board AND period = in_period AND window_key = in_key AND state = 'CLOSING'
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO definition FROM board WHERE id = in_board;

    FOR metric IN 0 .. cardinality(string_to_array(definition.metrics, ',')) - 1 LOOP
        INSERT INTO final_standing (board_id, period, window_key, metric, position, better, rank, player_id, score, reached_at)
        SELECT in_board, in_period, in_key, metric, r.position, r.better,
            CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better + 1 END,
            r.player_id, r.score, r.reached_at
        FROM (SELECT s.*,
                     row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C")
                         AS position,
                     rank() OVER (ORDER BY s.score * d.direction) - 1 AS better,
                     CASE definition.rank_mode WHEN 'DENSE' THEN dense_rank() OVER (ORDER BY s.score * d.direction) END
                         AS dense
              FROM live_standings(in_board, in_period, in_key, metric::smallint) s
              CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                                 CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d
             ) r;
        GET DIAGNOSTICS counted = ROW_COUNT;

        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at)
        SELECT in_board, in_period, in_key, metric, q.player_id, s.score, s.reached_at
        FROM disqualification q
        JOIN window_standings(in_board, in_period, in_key, metric::smallint) s ON s.player_id = q.player_id
        WHERE q.board_id = in_board AND q.period = in_period AND q.window_key = in_key;

        IF in_period = 1 AND definition.operator = 'SUM' THEN
            PERFORM mark_idle(in_board, in_key, metric);
        END IF;
    END LOOP;

    DELETE FROM window_standing WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    -- Those that close windows of a board take turns at it, so numbers are visible in their order.
    WITH one AS (UPDATE board SET closings = closings + 1 WHERE id = in_board RETURNING closings)
    UPDATE board_window SET state = 'CLOSED', closed_at = at, players = counted, closing_no = (SELECT closings FROM one)
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN counted;
END $$;

-- Carries into the archive of a day which of its standings have had nothing but zeros.
CREATE FUNCTION mark_idle(in_board integer, in_key bigint, in_metric integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    idlers text[];
BEGIN
    SELECT array_agg(l.player_id) INTO idlers FROM (
        SELECT s.player_id FROM standing s
        WHERE s.board_id = in_board AND s.d_window = in_key AND is_idle(s.d_idle, in_metric)
        UNION ALL
        SELECT w.player_id FROM window_standing w
        WHERE w.board_id = in_board AND w.period = 1 AND w.window_key = in_key AND is_idle(w.idle, in_metric)) l;
    IF idlers IS NULL THEN
        RETURN;
    END IF;
    UPDATE final_standing f SET idle = true
    WHERE f.board_id = in_board AND f.period = 1 AND f.window_key = in_key AND f.metric = in_metric
      AND f.player_id = ANY (idlers);
    UPDATE barred_standing f SET idle = true
    WHERE f.board_id = in_board AND f.period = 1 AND f.window_key = in_key AND f.metric = in_metric
      AND f.player_id = ANY (idlers);
END $$;

-- Ranks the archive of a window again, by one metric: without what it has of one player, and with the rows that are given.
-- Answers the number of ranked players.
CREATE FUNCTION rank_archive_again(
    definition board, in_period smallint, in_key bigint, by_metric integer, without_player text, added final_standing[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    counted bigint;
BEGIN
    WITH gone AS (
        DELETE FROM final_standing f
        WHERE f.board_id = definition.id AND f.period = in_period AND f.window_key = in_key AND f.metric = by_metric
        RETURNING f.player_id, f.score, f.reached_at, f.idle)
    INSERT INTO final_standing
        (board_id, period, window_key, metric, position, better, rank, player_id, score, reached_at, idle)
    SELECT definition.id, in_period, in_key, by_metric, r.position, r.better,
        CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better + 1 END,
        r.player_id, r.score, r.reached_at, r.idle
    FROM (SELECT s.*,
                 row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C")
                     AS position,
                 rank() OVER (ORDER BY s.score * d.direction) - 1 AS better,
                 dense_rank() OVER (ORDER BY s.score * d.direction) AS dense
          FROM (SELECT * FROM gone WHERE gone.player_id <> without_player
                UNION ALL
                SELECT a.player_id, a.score, a.reached_at, a.idle FROM unnest(added) a WHERE a.metric = by_metric) s
          CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                             CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d
         ) r;
    GET DIAGNOSTICS counted = ROW_COUNT;
    RETURN counted;
END $$;

-- Ranks the archive of a window again, with or without one player: `barring` moves the player's scores out of it, otherwise
-- they come back. Those below move up or down.
CREATE OR REPLACE FUNCTION rerank_archive(
    in_board integer, in_period smallint, in_key bigint, in_player text, barring boolean)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    back final_standing[];
    counted bigint;
BEGIN
    SELECT * INTO definition FROM board WHERE id = in_board;
    IF barring THEN
        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at, idle)
        SELECT f.board_id, f.period, f.window_key, f.metric, f.player_id, f.score, f.reached_at, f.idle
        FROM final_standing f
        WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.player_id = in_player;
    ELSE
        WITH gone AS (
            DELETE FROM barred_standing b
            WHERE b.board_id = in_board AND b.period = in_period AND b.window_key = in_key AND b.player_id = in_player
            RETURNING b.*)
        SELECT array_agg(archived_row(g.player_id, g.score, g.reached_at, g.metric, g.idle)) INTO back FROM gone g;
    END IF;
    FOR by_metric IN 0 .. cardinality(string_to_array(definition.metrics, ',')) - 1 LOOP
        counted := rank_archive_again(definition, in_period, in_key, by_metric, in_player, back);
    END LOOP;
    UPDATE board_window SET players = counted
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN counted;
END $$;

-- A row of final_standing of which the ranks are still to be found.
CREATE FUNCTION archived_row(player_id text, score bigint, reached_at bigint, metric integer, idle boolean)
RETURNS final_standing LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    made final_standing;
BEGIN
    made.player_id := player_id;
    made.score := score;
    made.reached_at := reached_at;
    made.metric := metric;
    made.idle := idle;
    RETURN made;
END $$;

-- A process of the version before knows one rule for the latest and for what takes the place of a standing, and no periods of
-- events: those of a correction are the ones of its windows.
CREATE OR REPLACE FUNCTION apply_scores(
    boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], more text[],
    max_steps bigint[], occurred bigint[], event_ids text[], hashes bigint[], attributes text[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[], season bigint[],
    all_or_nothing boolean)
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[],
    new_more bigint[], barred smallint[])
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    own_rules smallint[];
    own_periods smallint[];
BEGIN
    SELECT array_agg((CASE WHEN t.rule = 4 AND (t.event_id IS NULL OR t.event_id NOT LIKE '#%')
                            AND 'LATEST' = (SELECT b.operator FROM board b WHERE b.id = t.board_id)
                      THEN 6 ELSE t.rule END)::smallint ORDER BY t.n),
           array_agg((CASE WHEN t.event_id LIKE '#%' THEN
                          (t.d IS NOT NULL)::integer + 2 * (t.w IS NOT NULL)::integer + 4 * (t.m IS NOT NULL)::integer
                          + 8 * (t.y IS NOT NULL)::integer + 16 * (t.a IS NOT NULL)::integer
                          + 32 * (t.s IS NOT NULL)::integer END)::smallint ORDER BY t.n)
    INTO own_rules, own_periods
    FROM unnest(rules, event_boards, event_ids, daily, weekly, monthly, yearly, all_time, season)
         WITH ORDINALITY AS t(rule, board_id, event_id, d, w, m, y, a, s, n);
    RETURN QUERY SELECT * FROM apply_scores(
        boards, revisions, window_boards, window_periods, window_keys, rounds, own_rules, event_boards, players, scores,
        more, max_steps, occurred, event_ids, hashes, attributes, own_periods, daily, weekly, monthly, yearly, all_time,
        season, all_or_nothing);
END $$;

-- Called by versions before the one before.
DROP FUNCTION apply_scores(integer[], integer[], integer[], smallint[], bigint[], integer[], smallint[], integer[], text[], bigint[], bigint[], text[], bigint[], text[], bigint[], bigint[], bigint[], bigint[], bigint[], boolean);
DROP FUNCTION apply_scores_before(integer[], integer[], integer[], smallint[], bigint[], integer[], smallint[], integer[], text[], bigint[], bigint[], text[], bigint[], text[], bigint[], bigint[], bigint[], bigint[], bigint[], boolean);
DROP FUNCTION combined_more(smallint, bigint, bigint, bigint[], bigint[]);
DROP FUNCTION combined_instant(smallint, bigint, bigint, bigint, bigint);
DROP FUNCTION combined_score(smallint, bigint, bigint);
