-- The rejected layout: one row per window and player. Replaces what the migrations create for one row per player, with the same
-- checks, ledger, rules and results.
CREATE TABLE standing_row (
    board_id   integer  NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    player_id  text     NOT NULL COLLATE "C",
    version    bigint   NOT NULL,
    score      bigint   NOT NULL,
    reached_at bigint   NOT NULL,
    PRIMARY KEY (board_id, period, window_key, player_id),
    CONSTRAINT standing_row_score_range CHECK (score BETWEEN -9007199254740991 AND 9007199254740991)
) WITH (fillfactor = 85);

CREATE OR REPLACE FUNCTION apply_scores(
    boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], occurred bigint[],
    event_ids text[], hashes bigint[], attributes text[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[],
    all_or_nothing boolean)
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[])
LANGUAGE plpgsql
SET enable_nestloop = off AS $$
#variable_conflict use_column
DECLARE
    fresh boolean[];
    turn record;
    turn_rule smallint;
BEGIN
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
        INSERT INTO event_key AS k (board_id, event_id, content_hash, received_at)
        SELECT t.board_id, t.event_id, t.hash, now()
        FROM unnest(event_boards, event_ids, hashes) AS t(board_id, event_id, hash)
        WHERE t.event_id IS NOT NULL
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING
        RETURNING k.board_id, k.event_id)
    SELECT array_agg(t.event_id IS NULL OR k.event_id IS NOT NULL ORDER BY t.n) INTO fresh
    FROM unnest(event_boards, event_ids) WITH ORDINALITY AS t(board_id, event_id, n)
    LEFT JOIN keyed k ON k.board_id = t.board_id AND k.event_id = t.event_id;

    INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at, event_id, attributes)
    SELECT t.board_id, t.player_id, t.score, t.at, now(), t.event_id, t.attributes::jsonb
    FROM unnest(fresh, event_boards, players, scores, occurred, event_ids, attributes)
         WITH ORDINALITY AS t(is_new, board_id, player_id, score, at, event_id, attributes, n)
    WHERE t.is_new
    ORDER BY t.n;

    FOR turn IN SELECT DISTINCT t.round, t.rule FROM unnest(rounds, rules) AS t(round, rule) ORDER BY 1, 2 LOOP
        turn_rule := turn.rule;
        RETURN QUERY
        WITH e AS MATERIALIZED (
            SELECT t.n, t.board_id, v.period, v.window_key, t.player_id, t.score, t.at
            FROM unnest(rounds, rules, fresh, event_boards, players, scores, occurred,
                        daily, weekly, monthly, yearly, all_time)
                 WITH ORDINALITY AS t(round, rule, is_new, board_id, player_id, score, at, d, w, m, y, a, n)
            CROSS JOIN LATERAL (VALUES (1::smallint, t.d), (2::smallint, t.w), (3::smallint, t.m), (4::smallint, t.y),
                (5::smallint, t.a)) AS v(period, window_key)
            WHERE t.round = turn.round AND t.rule = turn_rule AND t.is_new AND v.window_key IS NOT NULL
        ), up AS (
            INSERT INTO standing_row AS s (board_id, period, window_key, player_id, version, score, reached_at)
            SELECT e.board_id, e.period, e.window_key, e.player_id, 1, e.score, e.at
            FROM e
            ORDER BY 1, 2, 3, 4
            ON CONFLICT (board_id, period, window_key, player_id) DO UPDATE SET
                version = s.version + 1,
                score = combined_score(turn_rule, s.score, excluded.score),
                reached_at = combined_instant(turn_rule, s.score, excluded.score, s.reached_at, excluded.reached_at)
            RETURNING new.board_id, new.period, new.player_id, new.version, new.score, new.reached_at,
                old.score IS DISTINCT FROM new.score OR old.reached_at IS DISTINCT FROM new.reached_at AS changed
        )
        SELECT e.n, CASE WHEN bool_or(u.changed) THEN 'A' ELSE 'U' END, max(u.version),
            array_agg(u.score ORDER BY u.period), array_agg(u.reached_at ORDER BY u.period)
        FROM e
        JOIN up u ON u.board_id = e.board_id AND u.period = e.period AND u.player_id = e.player_id
        GROUP BY e.n;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION window_standings(in_board integer, in_period smallint, in_key bigint, in_metric smallint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, version bigint)
LANGUAGE sql STABLE AS $$
    SELECT player_id, score, reached_at, version FROM standing_row
    WHERE board_id = in_board AND period = in_period AND window_key = in_key
$$;

-- A closed window's rows are no longer needed. The migration's function deletes from window_standing, so this view gives them
-- that name.
DROP TABLE window_standing;
CREATE VIEW window_standing AS SELECT * FROM standing_row;
