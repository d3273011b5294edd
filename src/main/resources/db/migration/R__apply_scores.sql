-- The one source of what a score event does to standings. Change it here, together with a versioned migration, so that a
-- start notices that there is something to migrate (see platform.postgres.Schema).
--
-- How a submission is combined with the standing that it finds, by a rule:
--   1  SUM         added up
--   2  BEST, DESC  the greater one; of equal ones the earlier, then the one accepted first
--   3  BEST, ASC   likewise the smaller one
--   4  REPLACE     the submission, whatever there was: an adjustment
--   5  RESTORE     likewise; sent by older processes only
--   6  LATEST      the one that happened later; of two at the same instant the one accepted later
-- Rules 1, 2, 3 and 6 give the same standing in whatever order submissions arrive.
--
-- `idle` has a bit for each metric (bit 0 the first) of which SUM has seen nothing but zeros; null for none. Such a standing
-- was reached with the earliest of them, and moves to whatever is added first, even if that happened earlier.

CREATE OR REPLACE FUNCTION combined_score(rule smallint, held bigint, submitted bigint, held_at bigint, submitted_at bigint)
RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE rule WHEN 1 THEN held + submitted
              WHEN 2 THEN greatest(held, submitted)
              WHEN 3 THEN least(held, submitted)
              WHEN 6 THEN CASE WHEN submitted_at >= held_at THEN submitted ELSE held END
              ELSE submitted END;

-- The instant at which the combined score was reached. What adds nothing moves nothing; an equal best counts from its
-- earliest.
CREATE OR REPLACE FUNCTION combined_instant(
    rule smallint, held bigint, submitted bigint, held_at bigint, submitted_at bigint, held_idle boolean)
RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE rule WHEN 1 THEN CASE WHEN held_idle THEN CASE WHEN submitted = 0 THEN least(held_at, submitted_at)
                                                        ELSE submitted_at END
                               WHEN submitted = 0 THEN held_at
                               ELSE greatest(held_at, submitted_at) END
              WHEN 4 THEN submitted_at
              WHEN 5 THEN submitted_at
              WHEN 6 THEN greatest(held_at, submitted_at)
              ELSE CASE WHEN submitted = held THEN least(held_at, submitted_at)
                        WHEN (submitted > held) = (rule = 2) THEN submitted_at
                        ELSE held_at END END;

CREATE OR REPLACE FUNCTION is_idle(idle integer, metric integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN coalesce(idle >> metric & 1, 0) = 1;

-- The metrics in which a submission is zero, as bits; null under any rule but SUM.
CREATE OR REPLACE FUNCTION zero_metrics(rule smallint, score bigint, more bigint[]) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN rule = 1 THEN nullif(
        (score = 0)::integer
        | CASE WHEN more IS NULL THEN 0
               ELSE (SELECT coalesce(bit_or(1 << k), 0) FROM generate_series(1, cardinality(more) / 2) AS k
                     WHERE more[2 * k - 1] = 0) END, 0) END;

-- Whether both have values of the same metrics, each of all of them.
CREATE OR REPLACE FUNCTION has_all(held bigint[], submitted bigint[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    cardinality(held) = cardinality(submitted)
    AND array_position(held, NULL) IS NULL AND array_position(submitted, NULL) IS NULL;

-- Of each metric the value that happened later; of two at the same instant the second.
CREATE OR REPLACE FUNCTION latest_more(held bigint[], submitted bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (SELECT array_agg(CASE WHEN s IS NULL OR submitted[2 * ((n + 1) / 2)] < held[2 * ((n + 1) / 2)] THEN h ELSE s END ORDER BY n)
     FROM unnest(held, submitted) WITH ORDINALITY AS t(h, s, n));

-- How a submission changes the further metrics of a standing, in the order value, instant, value, instant; both are null for a
-- metric without a value. With BEST a submission is kept as a whole or not at all: no pair is ever shown that nobody submitted.
-- With SUM and LATEST each metric goes its own way.
CREATE OR REPLACE FUNCTION combined_more(
    rule smallint, held_score bigint, submitted_score bigint, held_at bigint, submitted_at bigint,
    held bigint[], submitted bigint[], held_idle integer)
RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN submitted IS NULL THEN held
         WHEN rule = 1 THEN
             CASE WHEN held IS NULL THEN submitted ELSE
             (SELECT array_agg(
                  CASE WHEN s IS NULL THEN h
                       WHEN h IS NULL THEN s
                       WHEN n % 2 = 1 THEN h + s
                       ELSE combined_instant(rule, held[n - 1], submitted[n - 1], h, s,
                                             is_idle(held_idle, (n / 2)::integer)) END ORDER BY n)
              FROM unnest(held, submitted) WITH ORDINALITY AS t(h, s, n)) END
         WHEN rule = 2 THEN CASE WHEN submitted_score > held_score
                                   OR submitted_score = held_score AND submitted_at < held_at THEN submitted ELSE held END
         WHEN rule = 3 THEN CASE WHEN submitted_score < held_score
                                   OR submitted_score = held_score AND submitted_at < held_at THEN submitted ELSE held END
         -- Nothing is held that happened later. Of a late submission some values may be the last ones all the same.
         WHEN rule = 6 AND submitted_at >= held_at AND has_all(held, submitted) THEN submitted
         WHEN rule = 6 THEN latest_more(held, submitted)
         ELSE submitted END;

-- The further metrics of which the first has no value, as bits, among those that either could have.
CREATE OR REPLACE FUNCTION lacking_metrics(of_one bigint[], of_other bigint[]) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (SELECT coalesce(bit_or(1 << k), 0)
     FROM generate_series(1, greatest(cardinality(of_one), cardinality(of_other)) / 2) AS k
     WHERE of_one[2 * k - 1] IS NULL);

-- In which metrics both have had nothing but zeros: no value at all is no value other than zero.
CREATE OR REPLACE FUNCTION combined_idle(held integer, submitted integer, held_more bigint[], submitted_more bigint[])
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN has_all(held_more, submitted_more) THEN nullif(held & submitted, 0)
         ELSE nullif((coalesce(held, 0) | lacking_metrics(held_more, submitted_more))
                     & (coalesce(submitted, 0) | lacking_metrics(submitted_more, held_more)), 0) END;

-- Applies a batch of score events in one transaction and answers one row for each, in no fixed order.
--   boards, revisions     the boards of the batch, each once, ascending; another revision raises LB001
--   window_*              the windows the events belong to, each once; one that is not open raises LB002
--   rounds                an event's turn among the events of the same player in this batch, from 0: each round holds a
--                         player at most once, so every event sees exactly the standing the one before it left
--   rules                 as above
--   more                  the further metrics of an event as an array of value, instant, value, instant; null for none
--   max_steps             how far an event may move the standing it finds in the longest of its windows, or LB004 is raised;
--                         null for any distance
--   event_ids, hashes     null where the client chose no id; no id may occur twice in a batch
--   event_periods         the periods in which an event counts, bit 0 the first; null for every period that the board keeps
--                         or ever will
--   daily .. season       window keys, null where the event belongs to no window of the period
--   all_or_nothing        whether an event id taken by other content raises LB003
--   activities .. durations   what players did, or null for the whole batch
-- Answers: ord (1-based place in the arrays), outcome (A applied, U unchanged, D duplicate, C conflict: the id is
-- taken by other content), version, for each of the six periods score and instant, null where there is none; new_more, for
-- each window of the event in the order of periods its further metrics one after the other; barred, the periods in whose
-- window the player is disqualified, all of them for a player who takes no rank anywhere, null for none.
-- In a transaction with the setting `laurel.outcomes_only` all but ord and outcome is left out: a writer of millions of events
-- reads no standings, and to carry them from one part of the statement to the next costs a fifth of it.
-- Both forms are created again: parameters have lost their defaults, and a form has gained columns.
DROP FUNCTION IF EXISTS apply_scores(
    integer[], integer[], integer[], smallint[], bigint[], integer[], smallint[], integer[], text[], bigint[], text[],
    bigint[], bigint[], text[], bigint[], text[], smallint[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[],
    boolean);
DROP FUNCTION IF EXISTS apply_scores(
    integer[], integer[], integer[], smallint[], bigint[], integer[], smallint[], integer[], text[], bigint[], text[],
    bigint[], bigint[], text[], bigint[], text[], smallint[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[],
    boolean, text[], text[], smallint[], bigint[]);

CREATE FUNCTION apply_scores(
    boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], more text[],
    max_steps bigint[], occurred bigint[], event_ids text[], hashes bigint[], attributes text[], event_periods smallint[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[], season bigint[],
    all_or_nothing boolean,
    activities text[], tags text[], outcomes smallint[], durations bigint[])
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[],
    new_more bigint[], barred smallint[])
LANGUAGE plpgsql
-- The planner takes a batch for a handful of rows, whatever its size, and would join it to itself row by row. What is
-- looked up by key in other tables is written as a scalar subquery, which this leaves alone.
SET enable_nestloop = off
-- A plan that was made while the tables were small stays until statistics are collected again, up to a minute later, and
-- would read all keys for each event of a batch that is sent again.
SET enable_seqscan = off
-- A batch whose sender has died is over before tail repair looks for the last time.
SET transaction_timeout = '10s' AS $$
#variable_conflict use_column
DECLARE
    fresh boolean[];
    turn record;
    turn_rule smallint;
    -- whether players of the batch take no rank anywhere; nearly never, and then nobody is looked up one by one
    some_unranked boolean;
    outdated boolean;
    -- whether boards of the batch have derived metrics, or metrics that a submission may leave out
    some_shaped boolean;
    -- whether standings are answered, or needed to judge an event
    full_answer boolean;
BEGIN
    -- Shared with other writers; closing a window, changing or deleting a board takes it alone, for a moment.
    PERFORM pg_advisory_xact_lock_shared(76, b) FROM unnest(boards) AS b;
    -- Shared likewise; taking a player out of all rankings, or letting one back in, takes it alone.
    PERFORM pg_advisory_xact_lock_shared(79, 0);
    some_unranked := EXISTS (SELECT FROM unranked_player o WHERE o.player_id = ANY (players));

    SELECT bool_or(t.revision IS DISTINCT FROM
                   (SELECT b.revision FROM board b WHERE b.id = t.id AND b.deleted_at IS NULL)),
        bool_or((SELECT num_nonnulls(b.derivations, b.required_metrics) > 0 FROM board b WHERE b.id = t.id))
    INTO outdated, some_shaped
    FROM unnest(boards, revisions) AS t(id, revision);
    IF outdated THEN
        RAISE EXCEPTION 'a board of this batch has changed' USING ERRCODE = 'LB001';
    END IF;
    full_answer := coalesce(some_shaped, false) OR coalesce(num_nonnulls(VARIADIC max_steps), 0) > 0
        OR coalesce(current_setting('laurel.outcomes_only', true), '') = '';
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

    INSERT INTO score_event (board_id, player_id, score, more, occurred_ms, received_at, event_id, attributes, periods,
        activity, tags, outcome, duration_ms)
    SELECT t.board_id, t.player_id, t.score, t.more::bigint[], t.at, now(), t.event_id, t.attributes::jsonb, t.periods,
        t.activity, t.tags::text[], t.outcome, t.duration
    FROM unnest(fresh, event_boards, players, scores, more, occurred, event_ids, attributes, event_periods,
                activities, tags, outcomes, durations)
         WITH ORDINALITY AS t(is_new, board_id, player_id, score, more, at, event_id, attributes, periods,
                              activity, tags, outcome, duration, n)
    WHERE t.is_new
    ORDER BY t.n;

    -- Each round gets its own arrays: to look for its events among all of them would be slow where rounds are many.
    FOR turn IN
        SELECT t.round, t.rule, array_agg(t.n) AS n, array_agg(t.board_id) AS board_ids,
            array_agg(t.player_id) AS player_ids, array_agg(t.score) AS scores, array_agg(t.more) AS more,
            array_agg(t.max_step) AS max_steps, array_agg(t.at) AS at,
            array_agg(t.d) AS d, array_agg(t.w) AS w, array_agg(t.m) AS m, array_agg(t.y) AS y, array_agg(t.a) AS a, array_agg(t.s) AS s
        FROM unnest(rounds, rules, fresh, event_boards, players, scores, more, max_steps, occurred,
                    daily, weekly, monthly, yearly, all_time, season)
             WITH ORDINALITY AS t(round, rule, is_new, board_id, player_id, score, more, max_step, at,
                                  d, w, m, y, a, s, n)
        WHERE t.is_new
        GROUP BY t.round, t.rule
        ORDER BY t.round, t.rule
    LOOP
        turn_rule := turn.rule;
        RETURN QUERY
        WITH e AS MATERIALIZED (
            SELECT t.n, t.board_id, t.player_id, t.score, t.more::bigint[] AS more, t.max_step, t.at,
                zero_metrics(turn_rule, t.score, t.more::bigint[]) AS idle, t.d, t.w, t.m, t.y, t.a, t.s
            FROM unnest(turn.n, turn.board_ids, turn.player_ids, turn.scores, turn.more, turn.max_steps, turn.at,
                        turn.d, turn.w, turn.m, turn.y, turn.a, turn.s)
                 AS t(n, board_id, player_id, score, more, max_step, at, d, w, m, y, a, s)
        ), up AS (
            INSERT INTO standing AS s (board_id, player_id, version, last_ms,
                d_window, d_score, d_at, d_more, d_idle,
                w_window, w_score, w_at, w_more, w_idle,
                m_window, m_score, m_at, m_more, m_idle,
                y_window, y_score, y_at, y_more, y_idle,
                a_window, a_score, a_at, a_more, a_idle,
                s_window, s_score, s_at, s_more, s_idle)
            SELECT e.board_id, e.player_id, 1, e.at,
                e.d, CASE WHEN e.d IS NOT NULL THEN e.score END, CASE WHEN e.d IS NOT NULL THEN e.at END,
                CASE WHEN e.d IS NOT NULL THEN e.more END, CASE WHEN e.d IS NOT NULL THEN e.idle END,
                e.w, CASE WHEN e.w IS NOT NULL THEN e.score END, CASE WHEN e.w IS NOT NULL THEN e.at END,
                CASE WHEN e.w IS NOT NULL THEN e.more END, CASE WHEN e.w IS NOT NULL THEN e.idle END,
                e.m, CASE WHEN e.m IS NOT NULL THEN e.score END, CASE WHEN e.m IS NOT NULL THEN e.at END,
                CASE WHEN e.m IS NOT NULL THEN e.more END, CASE WHEN e.m IS NOT NULL THEN e.idle END,
                e.y, CASE WHEN e.y IS NOT NULL THEN e.score END, CASE WHEN e.y IS NOT NULL THEN e.at END,
                CASE WHEN e.y IS NOT NULL THEN e.more END, CASE WHEN e.y IS NOT NULL THEN e.idle END,
                e.a, CASE WHEN e.a IS NOT NULL THEN e.score END, CASE WHEN e.a IS NOT NULL THEN e.at END,
                CASE WHEN e.a IS NOT NULL THEN e.more END, CASE WHEN e.a IS NOT NULL THEN e.idle END,
                e.s, CASE WHEN e.s IS NOT NULL THEN e.score END, CASE WHEN e.s IS NOT NULL THEN e.at END,
                CASE WHEN e.s IS NOT NULL THEN e.more END, CASE WHEN e.s IS NOT NULL THEN e.idle END
            FROM e
            ORDER BY e.board_id, e.player_id
            ON CONFLICT (board_id, player_id) DO UPDATE SET
                version = s.version + 1,
                last_ms = greatest(s.last_ms, excluded.last_ms),
                d_window = greatest(s.d_window, excluded.d_window),
                d_score = CASE WHEN s.d_window = excluded.d_window
                               THEN combined_score(turn_rule, s.d_score, excluded.d_score, s.d_at, excluded.d_at)
                               WHEN excluded.d_window < s.d_window OR excluded.d_window IS NULL THEN s.d_score
                               ELSE excluded.d_score END,
                d_at = CASE WHEN s.d_window = excluded.d_window
                            THEN combined_instant(turn_rule, s.d_score, excluded.d_score, s.d_at, excluded.d_at,
                                                  is_idle(s.d_idle, 0))
                            WHEN excluded.d_window < s.d_window OR excluded.d_window IS NULL THEN s.d_at
                            ELSE excluded.d_at END,
                d_more = CASE WHEN excluded.d_more IS NULL THEN s.d_more
                              WHEN s.d_window = excluded.d_window
                              THEN combined_more(turn_rule, s.d_score, excluded.d_score, s.d_at, excluded.d_at,
                                                 s.d_more, excluded.d_more, s.d_idle)
                              WHEN excluded.d_window < s.d_window THEN s.d_more
                              ELSE excluded.d_more END,
                d_idle = CASE WHEN s.d_window = excluded.d_window
                              THEN CASE WHEN turn_rule <> 1 OR excluded.d_more IS NULL
                                        THEN nullif(s.d_idle & excluded.d_idle, 0)
                                        ELSE combined_idle(s.d_idle, excluded.d_idle, s.d_more, excluded.d_more) END
                              WHEN excluded.d_window < s.d_window OR excluded.d_window IS NULL THEN s.d_idle
                              ELSE excluded.d_idle END,
                w_window = greatest(s.w_window, excluded.w_window),
                w_score = CASE WHEN s.w_window = excluded.w_window
                               THEN combined_score(turn_rule, s.w_score, excluded.w_score, s.w_at, excluded.w_at)
                               WHEN excluded.w_window < s.w_window OR excluded.w_window IS NULL THEN s.w_score
                               ELSE excluded.w_score END,
                w_at = CASE WHEN s.w_window = excluded.w_window
                            THEN combined_instant(turn_rule, s.w_score, excluded.w_score, s.w_at, excluded.w_at,
                                                  is_idle(s.w_idle, 0))
                            WHEN excluded.w_window < s.w_window OR excluded.w_window IS NULL THEN s.w_at
                            ELSE excluded.w_at END,
                w_more = CASE WHEN excluded.w_more IS NULL THEN s.w_more
                              WHEN s.w_window = excluded.w_window
                              THEN combined_more(turn_rule, s.w_score, excluded.w_score, s.w_at, excluded.w_at,
                                                 s.w_more, excluded.w_more, s.w_idle)
                              WHEN excluded.w_window < s.w_window THEN s.w_more
                              ELSE excluded.w_more END,
                w_idle = CASE WHEN s.w_window = excluded.w_window
                              THEN CASE WHEN turn_rule <> 1 OR excluded.w_more IS NULL
                                        THEN nullif(s.w_idle & excluded.w_idle, 0)
                                        ELSE combined_idle(s.w_idle, excluded.w_idle, s.w_more, excluded.w_more) END
                              WHEN excluded.w_window < s.w_window OR excluded.w_window IS NULL THEN s.w_idle
                              ELSE excluded.w_idle END,
                m_window = greatest(s.m_window, excluded.m_window),
                m_score = CASE WHEN s.m_window = excluded.m_window
                               THEN combined_score(turn_rule, s.m_score, excluded.m_score, s.m_at, excluded.m_at)
                               WHEN excluded.m_window < s.m_window OR excluded.m_window IS NULL THEN s.m_score
                               ELSE excluded.m_score END,
                m_at = CASE WHEN s.m_window = excluded.m_window
                            THEN combined_instant(turn_rule, s.m_score, excluded.m_score, s.m_at, excluded.m_at,
                                                  is_idle(s.m_idle, 0))
                            WHEN excluded.m_window < s.m_window OR excluded.m_window IS NULL THEN s.m_at
                            ELSE excluded.m_at END,
                m_more = CASE WHEN excluded.m_more IS NULL THEN s.m_more
                              WHEN s.m_window = excluded.m_window
                              THEN combined_more(turn_rule, s.m_score, excluded.m_score, s.m_at, excluded.m_at,
                                                 s.m_more, excluded.m_more, s.m_idle)
                              WHEN excluded.m_window < s.m_window THEN s.m_more
                              ELSE excluded.m_more END,
                m_idle = CASE WHEN s.m_window = excluded.m_window
                              THEN CASE WHEN turn_rule <> 1 OR excluded.m_more IS NULL
                                        THEN nullif(s.m_idle & excluded.m_idle, 0)
                                        ELSE combined_idle(s.m_idle, excluded.m_idle, s.m_more, excluded.m_more) END
                              WHEN excluded.m_window < s.m_window OR excluded.m_window IS NULL THEN s.m_idle
                              ELSE excluded.m_idle END,
                y_window = greatest(s.y_window, excluded.y_window),
                y_score = CASE WHEN s.y_window = excluded.y_window
                               THEN combined_score(turn_rule, s.y_score, excluded.y_score, s.y_at, excluded.y_at)
                               WHEN excluded.y_window < s.y_window OR excluded.y_window IS NULL THEN s.y_score
                               ELSE excluded.y_score END,
                y_at = CASE WHEN s.y_window = excluded.y_window
                            THEN combined_instant(turn_rule, s.y_score, excluded.y_score, s.y_at, excluded.y_at,
                                                  is_idle(s.y_idle, 0))
                            WHEN excluded.y_window < s.y_window OR excluded.y_window IS NULL THEN s.y_at
                            ELSE excluded.y_at END,
                y_more = CASE WHEN excluded.y_more IS NULL THEN s.y_more
                              WHEN s.y_window = excluded.y_window
                              THEN combined_more(turn_rule, s.y_score, excluded.y_score, s.y_at, excluded.y_at,
                                                 s.y_more, excluded.y_more, s.y_idle)
                              WHEN excluded.y_window < s.y_window THEN s.y_more
                              ELSE excluded.y_more END,
                y_idle = CASE WHEN s.y_window = excluded.y_window
                              THEN CASE WHEN turn_rule <> 1 OR excluded.y_more IS NULL
                                        THEN nullif(s.y_idle & excluded.y_idle, 0)
                                        ELSE combined_idle(s.y_idle, excluded.y_idle, s.y_more, excluded.y_more) END
                              WHEN excluded.y_window < s.y_window OR excluded.y_window IS NULL THEN s.y_idle
                              ELSE excluded.y_idle END,
                a_window = greatest(s.a_window, excluded.a_window),
                a_score = CASE WHEN s.a_window = excluded.a_window
                               THEN combined_score(turn_rule, s.a_score, excluded.a_score, s.a_at, excluded.a_at)
                               WHEN excluded.a_window < s.a_window OR excluded.a_window IS NULL THEN s.a_score
                               ELSE excluded.a_score END,
                a_at = CASE WHEN s.a_window = excluded.a_window
                            THEN combined_instant(turn_rule, s.a_score, excluded.a_score, s.a_at, excluded.a_at,
                                                  is_idle(s.a_idle, 0))
                            WHEN excluded.a_window < s.a_window OR excluded.a_window IS NULL THEN s.a_at
                            ELSE excluded.a_at END,
                a_more = CASE WHEN excluded.a_more IS NULL THEN s.a_more
                              WHEN s.a_window = excluded.a_window
                              THEN combined_more(turn_rule, s.a_score, excluded.a_score, s.a_at, excluded.a_at,
                                                 s.a_more, excluded.a_more, s.a_idle)
                              WHEN excluded.a_window < s.a_window THEN s.a_more
                              ELSE excluded.a_more END,
                a_idle = CASE WHEN s.a_window = excluded.a_window
                              THEN CASE WHEN turn_rule <> 1 OR excluded.a_more IS NULL
                                        THEN nullif(s.a_idle & excluded.a_idle, 0)
                                        ELSE combined_idle(s.a_idle, excluded.a_idle, s.a_more, excluded.a_more) END
                              WHEN excluded.a_window < s.a_window OR excluded.a_window IS NULL THEN s.a_idle
                              ELSE excluded.a_idle END,
                s_window = greatest(s.s_window, excluded.s_window),
                s_score = CASE WHEN s.s_window = excluded.s_window
                               THEN combined_score(turn_rule, s.s_score, excluded.s_score, s.s_at, excluded.s_at)
                               WHEN excluded.s_window < s.s_window OR excluded.s_window IS NULL THEN s.s_score
                               ELSE excluded.s_score END,
                s_at = CASE WHEN s.s_window = excluded.s_window
                            THEN combined_instant(turn_rule, s.s_score, excluded.s_score, s.s_at, excluded.s_at,
                                                  is_idle(s.s_idle, 0))
                            WHEN excluded.s_window < s.s_window OR excluded.s_window IS NULL THEN s.s_at
                            ELSE excluded.s_at END,
                s_more = CASE WHEN excluded.s_more IS NULL THEN s.s_more
                              WHEN s.s_window = excluded.s_window
                              THEN combined_more(turn_rule, s.s_score, excluded.s_score, s.s_at, excluded.s_at,
                                                 s.s_more, excluded.s_more, s.s_idle)
                              WHEN excluded.s_window < s.s_window THEN s.s_more
                              ELSE excluded.s_more END,
                s_idle = CASE WHEN s.s_window = excluded.s_window
                              THEN CASE WHEN turn_rule <> 1 OR excluded.s_more IS NULL
                                        THEN nullif(s.s_idle & excluded.s_idle, 0)
                                        ELSE combined_idle(s.s_idle, excluded.s_idle, s.s_more, excluded.s_more) END
                              WHEN excluded.s_window < s.s_window OR excluded.s_window IS NULL THEN s.s_idle
                              ELSE excluded.s_idle END
            RETURNING new.board_id, new.player_id, new.version,
                -- whether the player has left a window
                coalesce(old.d_window < new.d_window, false) OR coalesce(old.w_window < new.w_window, false)
                    OR coalesce(old.m_window < new.m_window, false) OR coalesce(old.y_window < new.y_window, false)
                    OR coalesce(old.a_window < new.a_window, false) OR coalesce(old.s_window < new.s_window, false) AS moved,
                old.d_window IS DISTINCT FROM new.d_window OR old.d_score <> new.d_score OR old.d_at <> new.d_at
                    OR old.w_window IS DISTINCT FROM new.w_window OR old.w_score <> new.w_score OR old.w_at <> new.w_at
                    OR old.m_window IS DISTINCT FROM new.m_window OR old.m_score <> new.m_score OR old.m_at <> new.m_at
                    OR old.y_window IS DISTINCT FROM new.y_window OR old.y_score <> new.y_score OR old.y_at <> new.y_at
                    OR old.a_window IS DISTINCT FROM new.a_window OR old.a_score <> new.a_score OR old.a_at <> new.a_at
                    OR old.s_window IS DISTINCT FROM new.s_window OR old.s_score <> new.s_score OR old.s_at <> new.s_at
                    OR old.d_more IS DISTINCT FROM new.d_more OR old.w_more IS DISTINCT FROM new.w_more
                    OR old.m_more IS DISTINCT FROM new.m_more OR old.y_more IS DISTINCT FROM new.y_more
                    OR old.a_more IS DISTINCT FROM new.a_more OR old.s_more IS DISTINCT FROM new.s_more AS changed,
                new.d_window, CASE WHEN full_answer THEN new.d_score END AS d_score, CASE WHEN full_answer THEN new.d_at END AS d_at,
                CASE WHEN full_answer THEN new.d_more END AS d_more,
                new.w_window, CASE WHEN full_answer THEN new.w_score END AS w_score, CASE WHEN full_answer THEN new.w_at END AS w_at,
                CASE WHEN full_answer THEN new.w_more END AS w_more,
                new.m_window, CASE WHEN full_answer THEN new.m_score END AS m_score, CASE WHEN full_answer THEN new.m_at END AS m_at,
                CASE WHEN full_answer THEN new.m_more END AS m_more,
                new.y_window, CASE WHEN full_answer THEN new.y_score END AS y_score, CASE WHEN full_answer THEN new.y_at END AS y_at,
                CASE WHEN full_answer THEN new.y_more END AS y_more,
                new.a_window, CASE WHEN full_answer THEN new.a_score END AS a_score, CASE WHEN full_answer THEN new.a_at END AS a_at,
                CASE WHEN full_answer THEN new.a_more END AS a_more,
                new.s_window, CASE WHEN full_answer THEN new.s_score END AS s_score, CASE WHEN full_answer THEN new.s_at END AS s_at,
                CASE WHEN full_answer THEN new.s_more END AS s_more,
                old.d_window AS od_window,
                CASE WHEN full_answer OR old.d_window < new.d_window THEN old.d_score END AS od_score,
                CASE WHEN full_answer OR old.d_window < new.d_window THEN old.d_at END AS od_at,
                CASE WHEN full_answer OR old.d_window < new.d_window THEN old.d_more END AS od_more,
                CASE WHEN full_answer OR old.d_window < new.d_window THEN old.d_idle END AS od_idle,
                old.w_window AS ow_window,
                CASE WHEN full_answer OR old.w_window < new.w_window THEN old.w_score END AS ow_score,
                CASE WHEN full_answer OR old.w_window < new.w_window THEN old.w_at END AS ow_at,
                CASE WHEN full_answer OR old.w_window < new.w_window THEN old.w_more END AS ow_more,
                CASE WHEN full_answer OR old.w_window < new.w_window THEN old.w_idle END AS ow_idle,
                old.m_window AS om_window,
                CASE WHEN full_answer OR old.m_window < new.m_window THEN old.m_score END AS om_score,
                CASE WHEN full_answer OR old.m_window < new.m_window THEN old.m_at END AS om_at,
                CASE WHEN full_answer OR old.m_window < new.m_window THEN old.m_more END AS om_more,
                CASE WHEN full_answer OR old.m_window < new.m_window THEN old.m_idle END AS om_idle,
                old.y_window AS oy_window,
                CASE WHEN full_answer OR old.y_window < new.y_window THEN old.y_score END AS oy_score,
                CASE WHEN full_answer OR old.y_window < new.y_window THEN old.y_at END AS oy_at,
                CASE WHEN full_answer OR old.y_window < new.y_window THEN old.y_more END AS oy_more,
                CASE WHEN full_answer OR old.y_window < new.y_window THEN old.y_idle END AS oy_idle,
                old.a_window AS oa_window,
                CASE WHEN full_answer OR old.a_window < new.a_window THEN old.a_score END AS oa_score,
                CASE WHEN full_answer OR old.a_window < new.a_window THEN old.a_at END AS oa_at,
                CASE WHEN full_answer OR old.a_window < new.a_window THEN old.a_more END AS oa_more,
                CASE WHEN full_answer OR old.a_window < new.a_window THEN old.a_idle END AS oa_idle,
                old.s_window AS os_window,
                CASE WHEN full_answer OR old.s_window < new.s_window THEN old.s_score END AS os_score,
                CASE WHEN full_answer OR old.s_window < new.s_window THEN old.s_at END AS os_at,
                CASE WHEN full_answer OR old.s_window < new.s_window THEN old.s_more END AS os_more,
                CASE WHEN full_answer OR old.s_window < new.s_window THEN old.s_idle END AS os_idle
        ), beside AS (
            -- what does not belong into the row: the window a player has left, and the window of a late event
            SELECT u.board_id, u.player_id, e.score, e.at, e.more, e.idle, v.*
            FROM up u
            JOIN e ON e.board_id = u.board_id AND e.player_id = u.player_id
             -- nearly never, so the windows are not gone through for each event
             AND (u.moved OR e.d < u.d_window OR e.w < u.w_window OR e.m < u.m_window OR e.y < u.y_window
                  OR e.a < u.a_window OR e.s < u.s_window)
            CROSS JOIN LATERAL (VALUES
                (1::smallint, e.d, u.d_window, u.od_window, u.od_score, u.od_at, u.od_more, u.od_idle),
                (2::smallint, e.w, u.w_window, u.ow_window, u.ow_score, u.ow_at, u.ow_more, u.ow_idle),
                (3::smallint, e.m, u.m_window, u.om_window, u.om_score, u.om_at, u.om_more, u.om_idle),
                (4::smallint, e.y, u.y_window, u.oy_window, u.oy_score, u.oy_at, u.oy_more, u.oy_idle),
                (5::smallint, e.a, u.a_window, u.oa_window, u.oa_score, u.oa_at, u.oa_more, u.oa_idle),
                (6::smallint, e.s, u.s_window, u.os_window, u.os_score, u.os_at, u.os_more, u.os_idle)
            ) AS v(slot_period, event_window, now_window, old_window, old_score, old_at, old_more, old_idle)
            WHERE v.event_window < v.now_window OR v.old_window < v.now_window
        ), past AS (
            INSERT INTO window_standing AS p (board_id, period, window_key, player_id, score, reached_at, more, idle)
            SELECT b.board_id, b.slot_period, b.old_window, b.player_id, b.old_score, b.old_at, b.old_more, b.old_idle
            FROM beside b
            WHERE b.old_window < b.now_window
              AND 'CLOSED' <> (SELECT w.state FROM board_window w
                               WHERE w.board_id = b.board_id AND w.period = b.slot_period
                                 AND w.window_key = b.old_window)
            UNION ALL
            SELECT b.board_id, b.slot_period, b.event_window, b.player_id, b.score, b.at, b.more, b.idle
            FROM beside b
            WHERE b.event_window < b.now_window
            ORDER BY 1, 2, 3, 4
            ON CONFLICT (board_id, period, window_key, player_id) DO UPDATE SET
                score = combined_score(turn_rule, p.score, excluded.score, p.reached_at, excluded.reached_at),
                reached_at = combined_instant(turn_rule, p.score, excluded.score, p.reached_at, excluded.reached_at,
                                              is_idle(p.idle, 0)),
                more = CASE WHEN excluded.more IS NULL THEN p.more
                            ELSE combined_more(turn_rule, p.score, excluded.score, p.reached_at, excluded.reached_at,
                                               p.more, excluded.more, p.idle) END,
                idle = CASE WHEN turn_rule <> 1 OR excluded.more IS NULL THEN nullif(p.idle & excluded.idle, 0)
                            ELSE combined_idle(p.idle, excluded.idle, p.more, excluded.more) END
            RETURNING new.board_id, new.period, new.window_key, new.player_id, new.score, new.reached_at, new.more,
                old.score IS DISTINCT FROM new.score OR old.reached_at IS DISTINCT FROM new.reached_at
                    OR old.more IS DISTINCT FROM new.more AS changed
        ), late AS (
            SELECT e.n, bool_or(p.changed) AS changed,
                max(p.score) FILTER (WHERE p.period = 1) AS d_score, max(p.reached_at) FILTER (WHERE p.period = 1) AS d_at,
                max(p.more) FILTER (WHERE p.period = 1) AS d_more,
                max(p.score) FILTER (WHERE p.period = 2) AS w_score, max(p.reached_at) FILTER (WHERE p.period = 2) AS w_at,
                max(p.more) FILTER (WHERE p.period = 2) AS w_more,
                max(p.score) FILTER (WHERE p.period = 3) AS m_score, max(p.reached_at) FILTER (WHERE p.period = 3) AS m_at,
                max(p.more) FILTER (WHERE p.period = 3) AS m_more,
                max(p.score) FILTER (WHERE p.period = 4) AS y_score, max(p.reached_at) FILTER (WHERE p.period = 4) AS y_at,
                max(p.more) FILTER (WHERE p.period = 4) AS y_more,
                max(p.score) FILTER (WHERE p.period = 5) AS a_score, max(p.reached_at) FILTER (WHERE p.period = 5) AS a_at,
                max(p.more) FILTER (WHERE p.period = 5) AS a_more,
                max(p.score) FILTER (WHERE p.period = 6) AS s_score, max(p.reached_at) FILTER (WHERE p.period = 6) AS s_at,
                max(p.more) FILTER (WHERE p.period = 6) AS s_more
            FROM past p
            JOIN e ON e.board_id = p.board_id AND e.player_id = p.player_id
                  AND p.window_key = CASE p.period WHEN 1 THEN e.d WHEN 2 THEN e.w WHEN 3 THEN e.m
                                                   WHEN 4 THEN e.y WHEN 5 THEN e.a ELSE e.s END
            GROUP BY e.n
        )
        SELECT e.n,
            CASE WHEN e.max_step IS NOT NULL AND NOT within_step(CASE
                     WHEN e.a IS NOT NULL THEN CASE WHEN e.a = u.oa_window THEN abs(u.a_score - u.oa_score) END
                     WHEN e.y IS NOT NULL THEN CASE WHEN e.y = u.oy_window THEN abs(u.y_score - u.oy_score) END
                     WHEN e.m IS NOT NULL THEN CASE WHEN e.m = u.om_window THEN abs(u.m_score - u.om_score) END
                     WHEN e.w IS NOT NULL THEN CASE WHEN e.w = u.ow_window THEN abs(u.w_score - u.ow_score) END
                     WHEN e.d IS NOT NULL THEN CASE WHEN e.d = u.od_window THEN abs(u.d_score - u.od_score) END
                     WHEN e.s IS NOT NULL THEN CASE WHEN e.s = u.os_window THEN abs(u.s_score - u.os_score) END
                     END, e.max_step) THEN NULL
                 WHEN u.changed
                   OR l.changed
                 THEN 'A' ELSE 'U' END,
            u.version,
            CASE WHEN full_answer THEN ARRAY[
                CASE WHEN e.d = u.d_window THEN u.d_score ELSE l.d_score END,
                CASE WHEN e.w = u.w_window THEN u.w_score ELSE l.w_score END,
                CASE WHEN e.m = u.m_window THEN u.m_score ELSE l.m_score END,
                CASE WHEN e.y = u.y_window THEN u.y_score ELSE l.y_score END,
                CASE WHEN e.a = u.a_window THEN u.a_score ELSE l.a_score END,
                CASE WHEN e.s = u.s_window THEN u.s_score ELSE l.s_score END] END,
            CASE WHEN full_answer THEN ARRAY[
                CASE WHEN e.d = u.d_window THEN u.d_at ELSE l.d_at END,
                CASE WHEN e.w = u.w_window THEN u.w_at ELSE l.w_at END,
                CASE WHEN e.m = u.m_window THEN u.m_at ELSE l.m_at END,
                CASE WHEN e.y = u.y_window THEN u.y_at ELSE l.y_at END,
                CASE WHEN e.a = u.a_window THEN u.a_at ELSE l.a_at END,
                CASE WHEN e.s = u.s_window THEN u.s_at ELSE l.s_at END] END,
            CASE WHEN NOT full_answer THEN NULL
                 WHEN some_shaped THEN
                (SELECT CASE WHEN e.d IS NOT NULL THEN shown_more(h.derivations, h.metrics,
                        CASE WHEN e.d = u.d_window THEN u.d_score ELSE l.d_score END,
                        CASE WHEN e.d = u.d_window THEN u.d_at ELSE l.d_at END,
                        CASE WHEN e.d = u.d_window THEN u.d_more ELSE l.d_more END,
                        NULL, true) END
                    || CASE WHEN e.w IS NOT NULL THEN shown_more(h.derivations, h.metrics,
                        CASE WHEN e.w = u.w_window THEN u.w_score ELSE l.w_score END,
                        CASE WHEN e.w = u.w_window THEN u.w_at ELSE l.w_at END,
                        CASE WHEN e.w = u.w_window THEN u.w_more ELSE l.w_more END,
                        NULL, true) END
                    || CASE WHEN e.m IS NOT NULL THEN shown_more(h.derivations, h.metrics,
                        CASE WHEN e.m = u.m_window THEN u.m_score ELSE l.m_score END,
                        CASE WHEN e.m = u.m_window THEN u.m_at ELSE l.m_at END,
                        CASE WHEN e.m = u.m_window THEN u.m_more ELSE l.m_more END,
                        NULL, true) END
                    || CASE WHEN e.y IS NOT NULL THEN shown_more(h.derivations, h.metrics,
                        CASE WHEN e.y = u.y_window THEN u.y_score ELSE l.y_score END,
                        CASE WHEN e.y = u.y_window THEN u.y_at ELSE l.y_at END,
                        CASE WHEN e.y = u.y_window THEN u.y_more ELSE l.y_more END,
                        NULL, true) END
                    || CASE WHEN e.a IS NOT NULL THEN shown_more(h.derivations, h.metrics,
                        CASE WHEN e.a = u.a_window THEN u.a_score ELSE l.a_score END,
                        CASE WHEN e.a = u.a_window THEN u.a_at ELSE l.a_at END,
                        CASE WHEN e.a = u.a_window THEN u.a_more ELSE l.a_more END,
                        NULL, true) END
                    || CASE WHEN e.s IS NOT NULL THEN shown_more(h.derivations, h.metrics,
                        CASE WHEN e.s = u.s_window THEN u.s_score ELSE l.s_score END,
                        CASE WHEN e.s = u.s_window THEN u.s_at ELSE l.s_at END,
                        CASE WHEN e.s = u.s_window THEN u.s_more ELSE l.s_more END,
                        h.amounts, true) END
                 FROM (SELECT b.derivations, cardinality(string_to_array(b.metrics, ',')) AS metrics,
                           baseline_of(b.id, 6::smallint, e.s, e.player_id) AS amounts
                       FROM board b WHERE b.id = e.board_id) h)
                 WHEN e.more IS NOT NULL THEN
                CASE WHEN e.d = u.d_window THEN u.d_more ELSE l.d_more END
                || CASE WHEN e.w = u.w_window THEN u.w_more ELSE l.w_more END
                || CASE WHEN e.m = u.m_window THEN u.m_more ELSE l.m_more END
                || CASE WHEN e.y = u.y_window THEN u.y_more ELSE l.y_more END
                || CASE WHEN e.a = u.a_window THEN u.a_more ELSE l.a_more END
                || CASE WHEN e.s = u.s_window THEN u.s_more ELSE l.s_more END END,
            CASE WHEN NOT full_answer THEN NULL
                 WHEN some_unranked AND EXISTS (
                     SELECT FROM unranked_player o
                     WHERE o.tenant_id = (SELECT b.tenant_id FROM board b WHERE b.id = e.board_id)
                       AND o.player_id = e.player_id)
                 THEN '{1,2,3,4,5,6}'::smallint[]
                 ELSE (SELECT array_agg(q.period) FROM disqualification q
                       WHERE q.board_id = e.board_id AND q.player_id = e.player_id
                         AND q.window_key = CASE q.period WHEN 1 THEN e.d WHEN 2 THEN e.w WHEN 3 THEN e.m
                                                          WHEN 4 THEN e.y WHEN 5 THEN e.a ELSE e.s END) END
        FROM e
        JOIN up u ON u.board_id = e.board_id AND u.player_id = e.player_id
        LEFT JOIN late l ON l.n = e.n;
    END LOOP;

    RETURN QUERY
    SELECT t.n,
        CASE WHEN t.hash = (SELECT k.content_hash FROM event_key k
                            WHERE k.board_id = t.board_id AND k.event_id = t.event_id)
             THEN 'D' ELSE 'C' END,
        NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::smallint[]
    FROM unnest(fresh, event_boards, event_ids, hashes) WITH ORDINALITY AS t(is_new, board_id, event_id, hash, n)
    WHERE NOT t.is_new;
END $$;

-- As processes call it that do not know activities. They do not know declared segments either, and would change the windows of
-- such a board in Redis without logging it; nor derived metrics and those that a submission may leave out, and would take the
-- former for submitted ones and write 0 for the latter. They are refused there, and a client that retries reaches a newer process.
CREATE FUNCTION apply_scores(
    boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], more text[],
    max_steps bigint[], occurred bigint[], event_ids text[], hashes bigint[], attributes text[], event_periods smallint[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[], season bigint[],
    all_or_nothing boolean)
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[],
    new_more bigint[], barred smallint[])
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM board b WHERE b.id = ANY (boards)
               AND (b.segments <> '' OR num_nonnulls(b.derivations, b.required_metrics) > 0)) THEN
        RAISE EXCEPTION 'a board of this batch needs a newer version' USING ERRCODE = 'LB001';
    END IF;
    RETURN QUERY SELECT * FROM apply_scores(boards, revisions, window_boards, window_periods, window_keys, rounds, rules,
        event_boards, players, scores, more, max_steps, occurred, event_ids, hashes, attributes, event_periods, daily, weekly,
        monthly, yearly, all_time, season, all_or_nothing, NULL, NULL, NULL, NULL);
END $$;
