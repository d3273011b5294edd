-- Events that break the plausibility rules of their board are held for review: they count nowhere until an administrator
-- has accepted them, and then at the instant at which they occurred.

-- JSON, null on a board without rules; see dev.laurel.board.rules.PlausibilityRules.
ALTER TABLE board ADD COLUMN plausibility text;

CREATE TABLE held_event (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id    smallint    NOT NULL DEFAULT 1,
    board_id     integer     NOT NULL,
    player_id    text        NOT NULL COLLATE "C",
    score        bigint      NOT NULL,
    -- the further metrics as in score_event
    more         bigint[],
    occurred_ms  bigint      NOT NULL,
    received_at  timestamptz NOT NULL,
    -- null where the client chose none
    event_id     text        COLLATE "C",
    content_hash bigint      NOT NULL,
    attributes   jsonb,
    activity     text        COLLATE "C",
    tags         text[]      COLLATE "C",
    outcome      smallint,
    duration_ms  bigint,
    -- the first rule that it broke: SCORE, STEP, DAY_SUM or MINUTE_EVENTS
    rule         text        NOT NULL,
    state        text        NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'ACCEPTED', 'REJECTED')),
    decided_at   timestamptz,
    author       text,
    reason       text
) WITH (fillfactor = 90);

-- serves: recognizing an event that is sent again
CREATE UNIQUE INDEX held_event_key ON held_event (board_id, event_id) WHERE event_id IS NOT NULL;
-- serves: the events of a board that wait for a decision
CREATE INDEX held_event_pending ON held_event (board_id, id) WHERE state = 'PENDING';
-- serves: all events of a board that were held
CREATE INDEX held_event_board ON held_event (board_id, id);
-- serves: what is held of a player, for the erasure
CREATE INDEX held_event_player ON held_event (tenant_id, player_id);
-- serves: removing what is older than is kept; block ranges, because rows arrive in time order
CREATE INDEX held_event_received ON held_event USING brin (received_at);

-- What has been counted of a player in a minute (span 1: events) or a day of the board (span 2: their sum), on boards with
-- rules about it. Kept for as long as the board accepts events of that time.
CREATE TABLE plausibility_count (
    tenant_id  smallint    NOT NULL DEFAULT 1,
    board_id   integer     NOT NULL,
    player_id  text        NOT NULL COLLATE "C",
    span       smallint    NOT NULL,
    start_ms   bigint      NOT NULL,
    amount     bigint      NOT NULL,
    -- what the amount may come to, by the rule at the time of the last event
    bound      bigint      NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (board_id, player_id, span, start_ms)
) WITH (fillfactor = 80);

-- An event that a client claims on a board with rules, as far as they need it. `n` is its place in the batch, `broken` a rule
-- that it breaks whatever else there is; `step`, `day_bound` and `minute_bound` are the rules that depend on what has been
-- counted, null where there is none. `slots` are the windows that it belongs to, by period.
CREATE TYPE claimed_event AS (
    n bigint, round integer, rule smallint, board_id integer, player_id text, score bigint, at bigint, slots bigint[],
    broken text, step bigint, day_start bigint, day_bound bigint, day_expires bigint,
    minute_bound bigint, minute_expires bigint);

-- Counts events of different players in their spans, in one statement, and answers the places of those that stay within the
-- bounds. The others are not counted.
CREATE FUNCTION count_within(
    in_span smallint, places bigint[], boards integer[], players text[], starts bigint[], amounts bigint[], bounds bigint[],
    expiries bigint[])
RETURNS bigint[] LANGUAGE sql AS $$
    WITH e AS MATERIALIZED (
        SELECT * FROM unnest(places, boards, players, starts, amounts, bounds, expiries)
            AS t(n, board_id, player_id, start_ms, amount, bound, expires)
    ), counted AS (
        INSERT INTO plausibility_count AS c (tenant_id, board_id, player_id, span, start_ms, amount, bound, expires_at)
        SELECT (SELECT b.tenant_id FROM board b WHERE b.id = e.board_id), e.board_id, e.player_id, in_span, e.start_ms,
            e.amount, e.bound, to_timestamp(e.expires / 1000.0)
        FROM e WHERE abs(e.amount) <= e.bound
        ORDER BY e.board_id, e.player_id COLLATE "C", e.start_ms
        ON CONFLICT (board_id, player_id, span, start_ms) DO UPDATE SET
            amount = c.amount + excluded.amount, bound = excluded.bound, expires_at = excluded.expires_at
        WHERE abs(c.amount + excluded.amount) <= excluded.bound
        RETURNING c.board_id, c.player_id, c.start_ms)
    SELECT array_agg(e.n) FROM counted k
    JOIN e ON e.board_id = k.board_id AND e.player_id = k.player_id AND e.start_ms = k.start_ms
$$;

-- Judges events of different players by what has been counted so far; answers the places of those that are to be held, each
-- with the rule that it breaks.
CREATE FUNCTION judge_events(claims claimed_event[]) RETURNS TABLE (place bigint, broken_rule text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    out_places bigint[];
    out_rules text[];
    within bigint[];
BEGIN
    -- What no count is needed for, and steps from the standing in the longest of an event's windows.
    SELECT array_agg(j.n), array_agg(j.broken) INTO out_places, out_rules
    FROM (SELECT c.n, coalesce(c.broken, CASE WHEN c.step IS NOT NULL AND CASE
                     WHEN c.slots[5] IS NOT NULL THEN CASE WHEN c.slots[5] = s.a_window
                          THEN abs(combined_score(c.rule, s.a_score, c.score, s.a_at, c.at) - s.a_score) END
                     WHEN c.slots[4] IS NOT NULL THEN CASE WHEN c.slots[4] = s.y_window
                          THEN abs(combined_score(c.rule, s.y_score, c.score, s.y_at, c.at) - s.y_score) END
                     WHEN c.slots[3] IS NOT NULL THEN CASE WHEN c.slots[3] = s.m_window
                          THEN abs(combined_score(c.rule, s.m_score, c.score, s.m_at, c.at) - s.m_score) END
                     WHEN c.slots[2] IS NOT NULL THEN CASE WHEN c.slots[2] = s.w_window
                          THEN abs(combined_score(c.rule, s.w_score, c.score, s.w_at, c.at) - s.w_score) END
                     WHEN c.slots[1] IS NOT NULL THEN CASE WHEN c.slots[1] = s.d_window
                          THEN abs(combined_score(c.rule, s.d_score, c.score, s.d_at, c.at) - s.d_score) END
                     WHEN c.slots[6] IS NOT NULL THEN CASE WHEN c.slots[6] = s.s_window
                          THEN abs(combined_score(c.rule, s.s_score, c.score, s.s_at, c.at) - s.s_score) END
                     END > c.step THEN 'STEP' END) AS broken
          FROM unnest(claims) c
          LEFT JOIN standing s ON c.step IS NOT NULL AND s.board_id = c.board_id AND s.player_id = c.player_id) j
    WHERE j.broken IS NOT NULL;
    out_places := coalesce(out_places, '{}');
    out_rules := coalesce(out_rules, '{}');

    IF EXISTS (SELECT FROM unnest(claims) c WHERE c.day_bound IS NOT NULL) THEN
        SELECT count_within(2::smallint, array_agg(c.n), array_agg(c.board_id), array_agg(c.player_id),
            array_agg(c.day_start), array_agg(c.score), array_agg(c.day_bound), array_agg(c.day_expires))
        INTO within FROM unnest(claims) c WHERE c.day_bound IS NOT NULL AND c.n <> ALL (out_places);
        SELECT out_places || coalesce(array_agg(c.n), '{}'), out_rules || coalesce(array_agg('DAY_SUM'::text), '{}')
        INTO out_places, out_rules FROM unnest(claims) c
        WHERE c.day_bound IS NOT NULL AND c.n <> ALL (out_places) AND c.n <> ALL (coalesce(within, '{}'));
    END IF;
    IF EXISTS (SELECT FROM unnest(claims) c WHERE c.minute_bound IS NOT NULL) THEN
        SELECT count_within(1::smallint, array_agg(c.n), array_agg(c.board_id), array_agg(c.player_id),
            array_agg(c.at - ((c.at % 60000) + 60000) % 60000), array_agg(1::bigint), array_agg(c.minute_bound),
            array_agg(c.minute_expires))
        INTO within FROM unnest(claims) c WHERE c.minute_bound IS NOT NULL AND c.n <> ALL (out_places);
        -- Held after all: the day does not count them either.
        WITH late AS (
            SELECT c.* FROM unnest(claims) c
            WHERE c.minute_bound IS NOT NULL AND c.n <> ALL (out_places) AND c.n <> ALL (coalesce(within, '{}'))
        ), taken_back AS (
            UPDATE plausibility_count k SET amount = k.amount - l.score FROM late l
            WHERE l.day_bound IS NOT NULL AND k.board_id = l.board_id AND k.player_id = l.player_id AND k.span = 2
              AND k.start_ms = l.day_start)
        SELECT out_places || coalesce(array_agg(l.n), '{}'), out_rules || coalesce(array_agg('MINUTE_EVENTS'::text), '{}')
        INTO out_places, out_rules FROM late l;
    END IF;
    RETURN QUERY SELECT t.n, t.rule FROM unnest(out_places, out_rules) AS t(n, rule);
END $$;

-- As apply_scores or, with documents, apply_accompanied, for a batch with events on boards with plausibility rules. Outcomes
-- that those do not have:
--   H  held for review, and stored; or the same event was held before, and has not been decided on
--   J  the same event was held before, and has been rejected
-- The arguments that begin with `claim` describe the events that are judged, by their places in the other arrays; the further
-- ones are as in apply_scores.
CREATE FUNCTION apply_judged(
    claim_places bigint[], claim_broken text[], claim_steps bigint[], claim_days bigint[], claim_day_bounds bigint[],
    claim_day_expiries bigint[], claim_minute_bounds bigint[], claim_minute_expiries bigint[], documents text[],
    boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], more text[],
    max_steps bigint[], occurred bigint[], event_ids text[], hashes bigint[], attributes text[], event_periods smallint[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[], season bigint[],
    all_or_nothing boolean, activities text[], tags text[], outcomes smallint[], durations bigint[])
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[],
    new_more bigint[], barred smallint[], answer text)
LANGUAGE plpgsql
-- As in apply_scores: a plan from when the tables were small would read all of them for each batch. What is looked up by key is
-- written as a scalar subquery.
SET enable_seqscan = off
SET transaction_timeout = '10s' AS $$
#variable_conflict use_column
DECLARE
    claims claimed_event[];
    -- by place: an outcome that keeps the event from being counted
    became text[] := array_fill(NULL::text, ARRAY[cardinality(players)]);
    held bigint[] := '{}';
    broken text[] := '{}';
    one record;
    turn integer;
    -- Steps are measured from what the event before left: then the rounds of the batch are written one by one.
    one_by_one boolean := EXISTS (SELECT FROM unnest(claim_steps) AS s WHERE s IS NOT NULL);
    counted bigint[];
BEGIN
    -- In the order of apply_scores, which takes them again.
    PERFORM pg_advisory_xact_lock_shared(76, b) FROM unnest(boards) AS b;
    PERFORM pg_advisory_xact_lock_shared(79, 0);
    -- A copy of one of the events that another replica is judging is decided on first, and found below.
    PERFORM lock_event_ids(event_boards, event_ids);
    IF one_by_one THEN
        PERFORM FROM standing s
        JOIN (SELECT DISTINCT t.board_id, t.player_id
              FROM unnest(event_boards, players) WITH ORDINALITY AS t(board_id, player_id, n)
              WHERE t.n = ANY (claim_places)) e ON e.board_id = s.board_id AND e.player_id = s.player_id
        ORDER BY s.board_id, s.player_id FOR UPDATE OF s;
    END IF;

    -- An event that was accepted or held before is not judged again.
    FOR one IN
        SELECT f.n, CASE WHEN (f.held).content_hash <> f.hash THEN 'C' WHEN (f.held).state = 'PENDING' THEN 'H'
                         WHEN (f.held).state = 'REJECTED' THEN 'J' ELSE 'D' END AS outcome
        FROM (SELECT t.n, t.hash, t.board_id, t.event_id,
                  (SELECT h FROM held_event h WHERE h.board_id = t.board_id AND h.event_id = t.event_id) AS held
              FROM unnest(claim_places) AS c(place)
              JOIN unnest(event_boards, event_ids, hashes) WITH ORDINALITY AS t(board_id, event_id, hash, n)
                ON t.n = c.place
              WHERE t.event_id IS NOT NULL OFFSET 0) f
        WHERE (f.held).id IS NOT NULL
          AND (SELECT k.content_hash FROM event_key k WHERE k.board_id = f.board_id AND k.event_id = f.event_id) IS NULL
    LOOP
        became[one.n] := one.outcome;
    END LOOP;
    SELECT array_agg(ROW(e.n, e.round, e.rule, e.board_id, e.player_id, e.score, e.at, ARRAY[e.d, e.w, e.m, e.y, e.a, e.s],
        j.broken, j.step, j.day_start, j.day_bound, j.day_expires, j.minute_bound, j.minute_expires)::claimed_event)
    INTO claims
    FROM unnest(claim_places, claim_broken, claim_steps, claim_days, claim_day_bounds, claim_day_expiries,
                claim_minute_bounds, claim_minute_expiries)
         AS j(n, broken, step, day_start, day_bound, day_expires, minute_bound, minute_expires)
    JOIN unnest(rounds, rules, event_boards, players, scores, occurred, event_ids, daily, weekly, monthly, yearly, all_time,
                season, became)
         WITH ORDINALITY AS e(round, rule, board_id, player_id, score, at, event_id, d, w, m, y, a, s, became, n)
         ON e.n = j.n
    WHERE e.became IS NULL
      AND (e.event_id IS NULL
           OR (SELECT k.content_hash FROM event_key k WHERE k.board_id = e.board_id AND k.event_id = e.event_id) IS NULL);

    FOR turn IN SELECT DISTINCT r FROM unnest(rounds) AS r ORDER BY r LOOP
        FOR one IN SELECT j.place, j.broken_rule FROM judge_events(
            (SELECT array_agg(c) FROM unnest(claims) c WHERE c.round = turn)) j
        LOOP
            became[one.place] := 'H';
            held := held || one.place;
            broken := broken || one.broken_rule;
        END LOOP;
        IF one_by_one THEN
            SELECT array_agg(t.n ORDER BY t.n) INTO counted
            FROM unnest(rounds, became) WITH ORDINALITY AS t(round, became, n) WHERE t.round = turn AND t.became IS NULL;
            RETURN QUERY SELECT a.* FROM apply_picked(counted, documents, boards, revisions, window_boards, window_periods,
                window_keys, rounds, rules, event_boards, players, scores, more, max_steps, occurred, event_ids, hashes,
                attributes, event_periods, daily, weekly, monthly, yearly, all_time, season, all_or_nothing,
                activities, tags, outcomes, durations) a;
        END IF;
    END LOOP;
    FOR one IN SELECT h.place, h.outcome FROM hold_events(held, broken, event_boards, players, scores, more, occurred,
        event_ids, hashes, attributes, activities, tags, outcomes, durations) h
    LOOP
        became[one.place] := one.outcome;
    END LOOP;
    IF all_or_nothing AND 'C' = ANY (became) THEN
        RAISE EXCEPTION 'an event id of this batch is taken by other content' USING ERRCODE = 'LB003';
    END IF;
    IF NOT one_by_one THEN
        SELECT array_agg(t.n ORDER BY t.n) INTO counted
        FROM unnest(became) WITH ORDINALITY AS t(became, n) WHERE t.became IS NULL;
        RETURN QUERY SELECT a.* FROM apply_picked(counted, documents, boards, revisions, window_boards, window_periods,
            window_keys, rounds, rules, event_boards, players, scores, more, max_steps, occurred, event_ids, hashes,
            attributes, event_periods, daily, weekly, monthly, yearly, all_time, season, all_or_nothing,
            activities, tags, outcomes, durations) a;
    END IF;
    RETURN QUERY
    SELECT t.n, t.became, NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::smallint[], NULL
    FROM unnest(became) WITH ORDINALITY AS t(became, n) WHERE t.became IS NOT NULL;
END $$;

-- Keeps others from deciding about events with the given ids, until the end of the transaction: whoever inserts the key of one of
-- them waits. In the order of apply_scores, which may insert them again.
CREATE FUNCTION lock_event_ids(in_boards integer[], in_ids text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    locked_boards integer[];
    locked_ids text[];
BEGIN
    WITH locked AS (
        INSERT INTO event_key AS k (board_id, event_id, content_hash, received_at, occurred_ms)
        SELECT t.board_id, t.event_id, 0, now(), 0 FROM unnest(in_boards, in_ids) AS t(board_id, event_id)
        WHERE t.event_id IS NOT NULL
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING
        RETURNING k.board_id, k.event_id)
    SELECT array_agg(l.board_id), array_agg(l.event_id) INTO locked_boards, locked_ids FROM locked l;
    DELETE FROM event_key k USING unnest(locked_boards, locked_ids) AS t(board_id, event_id)
    WHERE k.board_id = t.board_id AND k.event_id = t.event_id;
END $$;

-- Stores events that are to be held; answers for each its outcome, as apply_judged does. Raises LB012 when too many of a board wait.
CREATE FUNCTION hold_events(
    places bigint[], broken text[], event_boards integer[], players text[], scores bigint[], more text[], occurred bigint[],
    event_ids text[], hashes bigint[], attributes text[],
    activities text[], tags text[], outcomes smallint[], durations bigint[])
RETURNS TABLE (place bigint, outcome text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    IF cardinality(places) = 0 THEN
        RETURN;
    END IF;
    IF EXISTS (
            SELECT FROM (SELECT DISTINCT b FROM unnest(event_boards) WITH ORDINALITY AS t(b, n) WHERE t.n = ANY (places)) o
            WHERE EXISTS (SELECT FROM held_event h WHERE h.board_id = o.b AND h.state = 'PENDING'
                          ORDER BY h.id OFFSET 9999 LIMIT 1)) THEN
        RAISE EXCEPTION 'too many events of a board are held' USING ERRCODE = 'LB012';
    END IF;
    INSERT INTO held_event AS h (tenant_id, board_id, player_id, score, more, occurred_ms, received_at, event_id, content_hash,
        attributes, activity, tags, outcome, duration_ms, rule)
    SELECT (SELECT b.tenant_id FROM board b WHERE b.id = t.board_id), t.board_id, t.player_id, t.score, t.more::bigint[], t.at,
        now(), t.event_id, t.hash, t.attributes::jsonb, t.activity, t.tags::text[], t.result, t.duration, o.rule
    FROM unnest(places, broken) AS o(n, rule)
    JOIN unnest(event_boards, players, scores, more, occurred, event_ids, hashes, attributes, activities, tags, outcomes,
                durations)
         WITH ORDINALITY AS t(board_id, player_id, score, more, at, event_id, hash, attributes, activity, tags, result,
                              duration, n) ON t.n = o.n
    ORDER BY t.n
    ON CONFLICT (board_id, event_id) WHERE event_id IS NOT NULL DO NOTHING;
    RETURN QUERY
    SELECT f.n, CASE WHEN (f.held).content_hash <> f.hash THEN 'C' WHEN (f.held).state = 'REJECTED' THEN 'J'
                     WHEN (f.held).state = 'ACCEPTED' THEN 'D' ELSE 'H' END
    FROM (SELECT t.n, t.hash,
              (SELECT h FROM held_event h WHERE h.board_id = t.board_id AND h.event_id = t.event_id) AS held
          FROM unnest(event_boards, event_ids, hashes) WITH ORDINALITY AS t(board_id, event_id, hash, n)
          WHERE t.n = ANY (places) OFFSET 0) f;
END $$;

-- As apply_scores or, with documents, apply_accompanied, for the events at some places only; `ord` is the place in the whole.
-- Boards and windows are checked even if there are none.
CREATE FUNCTION apply_picked(
    places bigint[], documents text[], boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], more text[],
    max_steps bigint[], occurred bigint[], event_ids text[], hashes bigint[], attributes text[], event_periods smallint[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[], season bigint[],
    all_or_nothing boolean, activities text[], tags text[], outcomes smallint[], durations bigint[])
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[],
    new_more bigint[], barred smallint[], answer text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    IF cardinality(places) IS DISTINCT FROM cardinality(players) THEN
        documents := picked(documents, places);
        rounds := picked(rounds, places);
        rules := picked(rules, places);
        event_boards := picked(event_boards, places);
        players := picked(players, places);
        scores := picked(scores, places);
        more := picked(more, places);
        max_steps := picked(max_steps, places);
        occurred := picked(occurred, places);
        event_ids := picked(event_ids, places);
        hashes := picked(hashes, places);
        attributes := picked(attributes, places);
        event_periods := picked(event_periods, places);
        daily := picked(daily, places);
        weekly := picked(weekly, places);
        monthly := picked(monthly, places);
        yearly := picked(yearly, places);
        all_time := picked(all_time, places);
        season := picked(season, places);
        activities := picked(activities, places);
        tags := picked(tags, places);
        outcomes := picked(outcomes, places);
        durations := picked(durations, places);
    END IF;
    IF EXISTS (SELECT FROM unnest(documents) AS d WHERE d IS NOT NULL) THEN
        RETURN QUERY
        SELECT places[a.ord], a.outcome, a.version, a.new_scores, a.new_instants, a.new_more, a.barred, a.answer
        FROM apply_accompanied(documents, boards, revisions, window_boards, window_periods, window_keys, rounds, rules,
            event_boards, players, scores, more, max_steps, occurred, event_ids, hashes, attributes, event_periods, daily,
            weekly, monthly, yearly, all_time, season, all_or_nothing, activities, tags, outcomes, durations) a;
    ELSE
        RETURN QUERY
        SELECT places[a.ord], a.outcome, a.version, a.new_scores, a.new_instants, a.new_more, a.barred, NULL::text
        FROM apply_scores(boards, revisions, window_boards, window_periods, window_keys, rounds, rules,
            event_boards, players, scores, more, max_steps, occurred, event_ids, hashes, attributes, event_periods, daily,
            weekly, monthly, yearly, all_time, season, all_or_nothing, activities, tags, outcomes, durations) a;
    END IF;
END $$;

-- Accepts an event that is held: it counts at the instant at which it occurred, in all windows of that time, open and closed, but
-- not in one that has been reset since. Answers one row for each window, as undo_adjustment does, after one of period 0 that
-- tells that it was accepted; nothing when it does not wait for a decision.
CREATE FUNCTION accept_held_event(
    in_board integer, in_id bigint, in_reason text, in_author text, at timestamptz,
    rolling_periods smallint[], rolling_keys bigint[])
RETURNS TABLE (period smallint, window_key bigint, window_id text, start_at timestamptz, end_at timestamptz, state text,
    stale bigint)
LANGUAGE plpgsql
SET transaction_timeout = '110s' AS $$
#variable_conflict use_column
DECLARE
    own held_event;
    is_new boolean := true;
    happened timestamptz;
    counts_in integer := 63;
    touched board_window;
    mark bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
BEGIN
    -- As undo_adjustment: nobody closes a window meanwhile. And as apply_scores: no erasure of the player comes to its end.
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    PERFORM pg_advisory_xact_lock_shared(79, 0);
    PERFORM require_no_fill(in_board);
    SELECT * INTO own FROM held_event h WHERE h.id = in_id AND h.board_id = in_board FOR UPDATE;
    IF NOT FOUND OR own.state <> 'PENDING' THEN
        RETURN;
    END IF;
    -- As apply_scores: the key before the standing.
    IF own.event_id IS NOT NULL THEN
        INSERT INTO event_key (board_id, event_id, content_hash, received_at, occurred_ms)
        VALUES (in_board, own.event_id, own.content_hash, now(), own.occurred_ms)
        ON CONFLICT DO NOTHING;
        is_new := FOUND;
    END IF;
    UPDATE held_event h SET state = 'ACCEPTED', decided_at = at, author = in_author, reason = in_reason WHERE h.id = in_id;
    INSERT INTO admin_log (at, action, board_id, player_id, author, reason)
    VALUES (at, 'ACCEPT', in_board, own.player_id, in_author, in_reason);
    RETURN QUERY SELECT 0::smallint, 0::bigint, NULL, NULL::timestamptz, NULL::timestamptz, NULL, NULL::bigint;
    IF NOT is_new THEN
        -- Sent again while the board had no rules: it counts already.
        RETURN;
    END IF;
    -- Behind this every event of the player is either in the ledger or waits.
    INSERT INTO standing AS s (board_id, player_id, version, last_ms, tenant_id)
    VALUES (in_board, own.player_id, 1, own.occurred_ms, own.tenant_id)
    ON CONFLICT (board_id, player_id) DO UPDATE SET
        version = s.version + 1, last_ms = greatest(s.last_ms, excluded.last_ms);
    happened := to_timestamp(own.occurred_ms / 1000.0);
    SELECT counts_in - coalesce(sum(DISTINCT 1 << (w.period - 1)), 0)::integer INTO counts_in
    FROM board_window w
    WHERE w.board_id = in_board AND w.window_key & 1023 > 0 AND w.first_event IS NOT NULL AND w.opened_at > happened
      AND (w.start_at IS NULL OR w.start_at <= happened) AND (w.end_at IS NULL OR w.end_at > happened)
      AND NOT EXISTS (SELECT FROM board_window n
                      WHERE n.board_id = w.board_id AND n.period = w.period AND n.start_at IS NOT DISTINCT FROM w.start_at
                        AND n.window_key > w.window_key);
    INSERT INTO score_event (board_id, player_id, score, more, occurred_ms, received_at, event_id, attributes, periods,
        activity, tags, outcome, duration_ms, import_no)
    VALUES (in_board, own.player_id, own.score, own.more, own.occurred_ms, now(), own.event_id, own.attributes,
            nullif(counts_in, 63), own.activity, own.tags, own.outcome, own.duration_ms, own.import_no);

    FOR touched IN
        SELECT w.* FROM board_window w
        WHERE w.board_id = in_board AND counts_in & (1 << (w.period - 1)) <> 0 AND w.last_event IS NULL
          AND (w.start_at IS NULL OR w.start_at <= happened) AND (w.end_at IS NULL OR w.end_at > happened)
        ORDER BY w.period, w.window_key
    LOOP
        PERFORM recount_player(touched, own.player_id);
        RETURN QUERY SELECT touched.period, touched.window_key, touched.window_id, touched.start_at, touched.end_at,
            touched.state, CASE WHEN touched.state <> 'CLOSED' THEN mark_stale(in_board, touched.period, touched.window_key, mark) END;
    END LOOP;
    RETURN QUERY
    SELECT t.period, t.window_key, NULL, NULL::timestamptz, NULL::timestamptz, NULL,
        mark_stale(in_board, t.period, t.window_key, mark)
    FROM unnest(rolling_periods, rolling_keys) AS t(period, window_key);
END $$;

-- Rejects an event that is held. Answers its player; nothing when it does not wait for a decision. Raises LB013 when it counts
-- already, because it was sent again while the board had no rules.
CREATE FUNCTION reject_held_event(in_board integer, in_id bigint, in_reason text, in_author text, at timestamptz)
RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    own held_event;
BEGIN
    SELECT * INTO own FROM held_event h
    WHERE h.id = in_id AND h.board_id = in_board AND h.state = 'PENDING' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF own.event_id IS NOT NULL THEN
        PERFORM lock_event_ids(ARRAY[in_board], ARRAY[own.event_id]);
        IF EXISTS (SELECT FROM event_key k WHERE k.board_id = in_board AND k.event_id = own.event_id) THEN
            RAISE EXCEPTION 'the event counts already' USING ERRCODE = 'LB013';
        END IF;
    END IF;
    UPDATE held_event h SET state = 'REJECTED', decided_at = at, author = in_author, reason = in_reason WHERE h.id = in_id;
    INSERT INTO admin_log (at, action, board_id, player_id, author, reason)
    VALUES (at, 'REJECT', in_board, own.player_id, in_author, in_reason);
    RETURN NEXT own.player_id;
END $$;

-- Removes what is no longer kept, some at a time, and answers how much it was: held events received before an instant, decided on
-- or not, and counts that no event can change any more.
CREATE FUNCTION forget_held_events(received_before timestamptz, at timestamptz, most bigint) RETURNS bigint LANGUAGE sql AS $$
    WITH events AS (
        DELETE FROM held_event h WHERE h.id IN (
            SELECT l.id FROM held_event l WHERE l.received_at < received_before LIMIT most FOR UPDATE SKIP LOCKED)
        RETURNING 1),
    counts AS (
        DELETE FROM plausibility_count c WHERE c.ctid = ANY (ARRAY(
            SELECT l.ctid FROM plausibility_count l WHERE l.expires_at < at LIMIT most FOR UPDATE SKIP LOCKED))
        RETURNING 1)
    SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM counts)
$$;

-- The end of an erasure is the moment at which nothing is left of the player.
CREATE FUNCTION erase_held_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM held_event h WHERE h.tenant_id = OLD.tenant_id AND h.player_id = OLD.player_id;
    DELETE FROM plausibility_count c USING board b
    WHERE b.tenant_id = OLD.tenant_id AND c.board_id = b.id AND c.player_id = OLD.player_id;
    RETURN NULL;
END $$;
CREATE TRIGGER erasure_takes_held_events AFTER UPDATE ON erasure
    FOR EACH ROW WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL) EXECUTE FUNCTION erase_held_events();
