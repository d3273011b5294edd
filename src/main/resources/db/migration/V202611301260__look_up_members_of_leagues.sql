-- The members of a window that has just begun are in no statistics: the planner expects one of them, and read all for each player, which
-- took ten seconds for 2,000 of 9,000. OFFSET 0 keeps each of these conditions a look-up by the player, and rows that were read are
-- updated where they are. The lock of the board's leagues is held, so that nothing else than an erasure changes them meanwhile.

-- Enters those whose events the other follower has not seen yet, and those who only have what administrators gave them.
CREATE OR REPLACE FUNCTION enter_ranked(own board, in_window board_window, behind bigint, most bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    last bigint := (
        SELECT max(p.position) FROM (
            SELECT f.position FROM final_standing f
            WHERE f.board_id = own.id AND f.period = in_window.period AND f.window_key = in_window.window_key
              AND f.metric = 0 AND f.position > behind
            ORDER BY f.position LIMIT most) p);
BEGIN
    INSERT INTO league_member (tenant_id, board_id, period, window_key, player_id, tx, received_at)
    SELECT own.tenant_id, own.id, in_window.period, in_window.window_key, f.player_id, pg_current_xact_id(), now()
    FROM final_standing f
    WHERE f.board_id = own.id AND f.period = in_window.period AND f.window_key = in_window.window_key AND f.metric = 0
      AND f.position > behind AND f.position <= last AND f.player_id NOT LIKE chr(1) || '%'
      AND NOT EXISTS (SELECT FROM league_member m
                      WHERE m.board_id = own.id AND m.period = in_window.period AND m.window_key = in_window.window_key
                        AND m.player_id = f.player_id OFFSET 0)
    ORDER BY f.reached_at, f.player_id;
    UPDATE league l SET step = CASE WHEN last IS NULL THEN 'FILL' ELSE 'ENTER' END, place = last
    WHERE l.board_id = own.id AND l.period = in_window.period;
END $$;

-- Enters the players of events into the leagues of their boards, in the windows of the events, each once. Boards without leagues are
-- left out. Players who take no rank enter when they do.
CREATE OR REPLACE FUNCTION enter_leagues(
    boards integer[], players text[], occurred bigint[], numbers bigint[], txs text[], received timestamptz[])
RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    own board;
    own_period smallint;
BEGIN
    FOR own IN
        SELECT b.* FROM board b
        WHERE b.id IN (SELECT DISTINCT unnest(boards)) AND b.leagues IS NOT NULL AND b.deleted_at IS NULL
        ORDER BY b.id
    LOOP
        PERFORM pg_advisory_xact_lock(84, own.id);
        own_period := (own.leagues::jsonb ->> 'period')::smallint;
        -- The first round is the oldest window that still runs, or the one of these events: it may be over by now.
        IF NOT EXISTS (SELECT FROM league l WHERE l.board_id = own.id AND l.period = own_period) THEN
            INSERT INTO league (tenant_id, board_id, period, settled_key)
            SELECT own.tenant_id, own.id, own_period,
                coalesce(min(w.window_key) FILTER (WHERE w.state <> 'CLOSED' OR EXISTS (
                             SELECT FROM unnest(boards, occurred, numbers) AS e(board_id, at, number)
                             WHERE e.board_id = own.id
                               AND (w.start_at IS NULL OR w.start_at <= to_timestamp(e.at / 1000.0))
                               AND (w.end_at IS NULL OR w.end_at > to_timestamp(e.at / 1000.0))
                               AND e.number > coalesce(w.first_event, 0)
                               AND e.number <= coalesce(w.last_event, 9223372036854775807))) - 1,
                         max(w.window_key), -9223372036854775808)
            FROM board_window w WHERE w.board_id = own.id AND w.period = own_period;
        END IF;
        INSERT INTO league_member (tenant_id, board_id, period, window_key, player_id, tx, received_at)
        SELECT own.tenant_id, own.id, own_period, f.window_key, f.player_id, f.tx::xid8, f.received_at
        FROM (SELECT DISTINCT ON (w.window_key, e.player_id) w.window_key, e.player_id, e.tx, e.received_at, e.n
              FROM unnest(boards, players, occurred, numbers, txs, received) WITH ORDINALITY
                   AS e(board_id, player_id, at, number, tx, received_at, n)
              JOIN league l ON l.board_id = own.id AND l.period = own_period
              JOIN board_window w ON w.board_id = own.id AND w.period = own_period
                AND w.window_key > coalesce(l.settling_key, l.settled_key)
                AND (w.start_at IS NULL OR w.start_at <= to_timestamp(e.at / 1000.0))
                AND (w.end_at IS NULL OR w.end_at > to_timestamp(e.at / 1000.0))
                AND e.number > coalesce(w.first_event, 0)
                AND e.number <= coalesce(w.last_event, 9223372036854775807)
              -- Nearly all players are in already.
              WHERE e.board_id = own.id AND e.player_id NOT LIKE chr(1) || '%'
                AND NOT EXISTS (SELECT FROM league_member m
                                WHERE m.board_id = own.id AND m.period = own_period AND m.window_key = w.window_key
                                  AND m.player_id = e.player_id OFFSET 0)
                AND NOT EXISTS (SELECT FROM unranked_player o
                                WHERE o.tenant_id = own.tenant_id AND o.player_id = e.player_id OFFSET 0)
                AND NOT EXISTS (SELECT FROM disqualification q
                                WHERE q.board_id = own.id AND q.period = own_period AND q.window_key = w.window_key
                                  AND q.player_id = e.player_id OFFSET 0)
              ORDER BY w.window_key, e.player_id, e.n) f
        ORDER BY f.n;
        IF FOUND THEN
            PERFORM fill_next_cohorts(own, own_period);
        END IF;
    END LOOP;
END $$;

-- Puts players of a window who wait into cohorts, some at a time, in the order in which they entered: into the newest cohort of their
-- tier while it has room, then into new ones. Answers how many. The lock of the board's leagues is held.
CREATE OR REPLACE FUNCTION fill_cohorts(in_board board, in_period smallint, in_key bigint, most bigint) RETURNS bigint LANGUAGE sql AS $$
    WITH rules AS (
        SELECT (in_board.leagues::jsonb ->> 'size')::integer AS size,
            jsonb_array_length(in_board.leagues::jsonb -> 'tiers') - 1 AS top
    ), waiting AS (
        SELECT m.at, least(coalesce(t.tier, 0), r.top)::smallint AS tier,
            row_number() OVER (PARTITION BY least(coalesce(t.tier, 0), r.top) ORDER BY m.entered) AS k
        FROM (SELECT w.*, w.ctid AS at FROM league_member w
              WHERE w.board_id = in_board.id AND w.period = in_period AND w.window_key = in_key AND w.cohort IS NULL
              ORDER BY w.entered LIMIT most) m
        CROSS JOIN rules r
        LEFT JOIN league_tier t ON t.board_id = m.board_id AND t.period = m.period AND t.player_id = m.player_id
    ), newest AS (
        SELECT DISTINCT ON (c.tier) c.tier, c.ordinal, greatest(r.size - c.players, 0) AS free
        FROM league_cohort c CROSS JOIN rules r
        WHERE c.board_id = in_board.id AND c.period = in_period AND c.window_key = in_key
        ORDER BY c.tier, c.ordinal DESC
    ), placed AS (
        SELECT w.at, w.tier,
            CASE WHEN w.k <= coalesce(n.free, 0) THEN n.ordinal
                 ELSE coalesce(n.ordinal, 0) + 1 + (w.k - coalesce(n.free, 0) - 1) / r.size END AS ordinal
        FROM waiting w CROSS JOIN rules r LEFT JOIN newest n ON n.tier = w.tier
    ), counts AS (
        SELECT p.tier, p.ordinal, count(*) AS players FROM placed p GROUP BY p.tier, p.ordinal
    ), grown AS (
        UPDATE league_cohort c SET players = c.players + k.players FROM counts k
        WHERE c.board_id = in_board.id AND c.period = in_period AND c.window_key = in_key AND c.tier = k.tier
          AND c.ordinal = k.ordinal
        RETURNING c.number, c.tier, c.ordinal
    ), made AS (
        INSERT INTO league_cohort AS c (tenant_id, board_id, period, window_key, tier, ordinal, players, closing_no)
        SELECT in_board.tenant_id, in_board.id, in_period, in_key, k.tier, k.ordinal, k.players,
            (SELECT l.settled_closing FROM league l WHERE l.board_id = in_board.id AND l.period = in_period)
        FROM counts k LEFT JOIN newest n ON n.tier = k.tier
        WHERE k.ordinal > coalesce(n.ordinal, 0)
        ORDER BY k.tier, k.ordinal
        RETURNING c.number, c.tier, c.ordinal
    ), cohorts AS (
        SELECT * FROM grown UNION ALL SELECT * FROM made
    ), filled AS (
        UPDATE league_member m SET cohort = d.number
        FROM placed p JOIN cohorts d ON d.tier = p.tier AND d.ordinal = p.ordinal
        WHERE m.ctid = p.at
        RETURNING 1)
    SELECT count(*) FROM filled
$$;

-- Ranks the next cohorts, and gives their players the tiers of the next window. Answers whether there were any.
CREATE OR REPLACE FUNCTION rank_cohorts(own board, in_window board_window, rules jsonb, behind bigint, most bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    top smallint := jsonb_array_length(rules -> 'tiers') - 1;
    numbers bigint[] := ARRAY(
        SELECT c.number FROM league_cohort c
        WHERE c.board_id = own.id AND c.period = in_window.period AND c.window_key = in_window.window_key
          AND c.number > behind
        ORDER BY c.number LIMIT greatest(1, most / (rules ->> 'size')::integer));
BEGIN
    IF cardinality(numbers) = 0 THEN
        RETURN false;
    END IF;
    WITH ranked AS (
        -- The highest tiers may have been removed since the cohort was made.
        SELECT m.ctid AS at, m.cohort, least(c.tier, top) AS tier, f.score, f.better,
            row_number() OVER cohort_order AS place,
            count(*) OVER (PARTITION BY m.cohort) AS players,
            CASE own.rank_mode WHEN 'ORDINAL' THEN row_number() OVER cohort_order
                 WHEN 'DENSE' THEN dense_rank() OVER (PARTITION BY m.cohort ORDER BY f.better)
                 ELSE rank() OVER (PARTITION BY m.cohort ORDER BY f.better) END AS rank
        FROM league_member m
        JOIN league_cohort c ON c.number = m.cohort
        CROSS JOIN LATERAL (SELECT s.score, s.better, s.position FROM final_standing s
                            WHERE s.board_id = own.id AND s.period = in_window.period AND s.window_key = in_window.window_key
                              AND s.metric = 0 AND s.player_id = m.player_id OFFSET 0) f
        WHERE m.cohort = ANY (numbers)
        WINDOW cohort_order AS (PARTITION BY m.cohort ORDER BY f.position)
    ), decided AS (
        SELECT r.*, CASE
            WHEN r.place <= (rules ->> 'promote')::integer AND r.tier < top THEN 'PROMOTED'
            WHEN r.place > r.players - (rules ->> 'demote')::integer AND r.tier > 0 THEN 'DEMOTED'
            ELSE 'STAYED' END AS outcome
        FROM ranked r
    ), told AS (
        SELECT d.*, min(d.outcome) OVER same <> max(d.outcome) OVER same AS tied
        FROM decided d WINDOW same AS (PARTITION BY d.cohort, d.better))
    UPDATE league_member m SET place = t.place, rank = t.rank, score = t.score, outcome = t.outcome, tied = t.tied
    FROM told t
    WHERE m.ctid = t.at;
    -- Of those without a final rank nothing is known that could move them.
    UPDATE league_member m SET outcome = 'STAYED', tied = false WHERE m.cohort = ANY (numbers) AND m.outcome IS NULL;

    INSERT INTO league_tier AS t (tenant_id, board_id, period, player_id, tier)
    SELECT own.tenant_id, own.id, in_window.period, m.player_id,
        least(c.tier, top) + CASE m.outcome WHEN 'PROMOTED' THEN 1 WHEN 'DEMOTED' THEN -1 ELSE 0 END
    FROM league_member m JOIN league_cohort c ON c.number = m.cohort
    WHERE m.cohort = ANY (numbers)
    ON CONFLICT (board_id, period, player_id) DO UPDATE SET tier = excluded.tier WHERE t.tier <> excluded.tier;
    UPDATE league l SET place = numbers[cardinality(numbers)] WHERE l.board_id = own.id AND l.period = in_window.period;
    RETURN true;
END $$;
