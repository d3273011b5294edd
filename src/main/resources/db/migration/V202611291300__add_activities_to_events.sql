-- What a player did to get a score: an activity, its topics, how it ended and how long it took. Columns without a default, so no
-- row is written for them, and an event without an activity is as long as before.
ALTER TABLE score_event
    ADD COLUMN activity    text COLLATE "C",
    ADD COLUMN tags        text[] COLLATE "C",
    -- 1 COMPLETED, 2 FAILED, 3 PARTIAL
    ADD COLUMN outcome     smallint,
    ADD COLUMN duration_ms bigint;

-- serves: the attempts of a player on a board that ended in a certain way, the newest first
CREATE INDEX score_event_outcome ON score_event (board_id, player_id, outcome, id) WHERE outcome IS NOT NULL;

-- The names of activities and topics are texts that somebody chose, and go when a player is made nameless; how attempts ended
-- stays, as scores do.
CREATE FUNCTION forget_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.activity := NULL;
    new.tags := NULL;
    RETURN new;
END $$;

CREATE TRIGGER activity_forgotten BEFORE UPDATE OF player_id ON score_event FOR EACH ROW
WHEN (old.player_id <> new.player_id) EXECUTE FUNCTION forget_activity();

-- As apply_scores, for a batch with events that come with a submission: such an event counts only if its submission is the
-- first that clears. The others are not written at all; their outcome is S, or D, C or W as in record_submissions.
CREATE FUNCTION apply_accompanied(
    documents text[],
    boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], more text[],
    max_steps bigint[], occurred bigint[], event_ids text[], hashes bigint[], attributes text[], event_periods smallint[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[], season bigint[],
    all_or_nothing boolean,
    activities text[] DEFAULT NULL, tags text[] DEFAULT NULL, outcomes smallint[] DEFAULT NULL, durations bigint[] DEFAULT NULL)
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[],
    new_more bigint[], barred smallint[], answer text)
LANGUAGE plpgsql
SET transaction_timeout = '10s' AS $$
#variable_conflict use_column
DECLARE
    became_of text[] := array_fill(NULL::text, ARRAY[cardinality(documents)]);
    answers text[] := became_of;
    counted bigint[];
    one record;
BEGIN
    FOR one IN SELECT r.ord, r.became, r.answer FROM record_submissions(documents) r LOOP
        became_of[one.ord] := one.became;
        answers[one.ord] := one.answer::text;
    END LOOP;
    SELECT array_agg(t.n ORDER BY t.n) INTO counted
    FROM unnest(became_of) WITH ORDINALITY AS t(became, n) WHERE t.became IS NULL OR t.became = 'F';
    IF counted IS NOT NULL THEN
        RETURN QUERY
        SELECT counted[a.ord], a.outcome, a.version, a.new_scores, a.new_instants, a.new_more, a.barred,
            answers[counted[a.ord]]
        FROM apply_scores(boards, revisions, window_boards, window_periods, window_keys,
            picked(rounds, counted), picked(rules, counted), picked(event_boards, counted), picked(players, counted),
            picked(scores, counted), picked(more, counted), picked(max_steps, counted), picked(occurred, counted),
            picked(event_ids, counted), picked(hashes, counted), picked(attributes, counted),
            picked(event_periods, counted), picked(daily, counted), picked(weekly, counted), picked(monthly, counted),
            picked(yearly, counted), picked(all_time, counted), picked(season, counted), all_or_nothing,
            picked(activities, counted), picked(tags, counted), picked(outcomes, counted), picked(durations, counted)) a;
    END IF;
    RETURN QUERY
    SELECT t.n, CASE WHEN t.became IN ('N', 'R') THEN 'S' ELSE t.became END,
        NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::smallint[], answers[t.n]
    FROM unnest(became_of) WITH ORDINALITY AS t(became, n) WHERE t.became <> 'F';
END $$;
