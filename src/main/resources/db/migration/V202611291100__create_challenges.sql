-- Challenges, what players submit to them, and who has cleared what. A submission that clears a variant for the first time
-- earns points, which are a score event of the challenge's board in the same transaction.

-- The definitions. `number` is one incarnation: a challenge deleted and written again gets another.
CREATE TABLE challenge (
    number     integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1 REFERENCES tenant,
    id         text        NOT NULL COLLATE "C",
    title      text        NOT NULL,
    measure    text        NOT NULL CHECK (measure IN ('LENGTH', 'SCORE')),
    sort_order text        NOT NULL CHECK (sort_order IN ('ASC', 'DESC')),
    board      text        NOT NULL COLLATE "C",
    -- by name: {"points", "opensAt", "closesAt"}, instants in milliseconds; submissions name a variant, and stay when it is removed
    variants   jsonb       NOT NULL,
    -- list of words
    tags       jsonb       NOT NULL,
    revision   integer     NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz
);
CREATE UNIQUE INDEX challenge_id ON challenge (tenant_id, id) WHERE deleted_at IS NULL;

-- serves: the challenges on frozen boards
CREATE INDEX challenge_board ON challenge (tenant_id, board) WHERE deleted_at IS NULL;

-- What was submitted, without the text. The id follows from the key that the client sent, so a repetition has the same.
CREATE TABLE submission (
    id           uuid     PRIMARY KEY,
    tenant_id    smallint NOT NULL DEFAULT 1,
    challenge    integer  NOT NULL,
    variant      text     NOT NULL COLLATE "C",
    player_id    text     NOT NULL COLLATE "C",
    at_ms        bigint   NOT NULL,
    -- of the content, in code points
    length       integer  NOT NULL,
    -- in millionths; null where the length is the measure
    score        bigint,
    cleared      boolean  NOT NULL,
    content_hash bigint   NOT NULL,
    tags         jsonb,
    attempt      jsonb,
    -- what was answered: FIRST, AGAIN or NO, the points earned, the player's best, and its rank unless the board was frozen
    outcome      text     NOT NULL,
    points       integer  NOT NULL,
    best         uuid,
    best_value   bigint,
    rank         bigint,
    -- set when it was taken back: all that is left is that its key has been used
    withdrawn_at timestamptz
);

-- serves: the submissions of a player, the newest first; removing all of a player's
CREATE INDEX submission_player ON submission (tenant_id, player_id, at_ms DESC, id DESC);
-- serves: a player's submissions to a variant, when one is taken back; those before a freeze
CREATE INDEX submission_variant ON submission (challenge, variant, player_id, at_ms, id) WHERE withdrawn_at IS NULL;

-- The texts. Lists that do not show them do not come near them.
CREATE TABLE submission_content (
    id        uuid     PRIMARY KEY,
    tenant_id smallint NOT NULL DEFAULT 1,
    content   text     NOT NULL
);

-- A player's best submission to a variant. `sort_value` is the measured value, negated where more is better.
CREATE TABLE challenge_best (
    tenant_id  smallint NOT NULL DEFAULT 1,
    challenge  integer  NOT NULL,
    variant    text     NOT NULL COLLATE "C",
    player_id  text     NOT NULL COLLATE "C",
    -- 0 when it cleared the variant, 1 otherwise
    missed     smallint NOT NULL,
    sort_value bigint   NOT NULL,
    at_ms      bigint   NOT NULL,
    submission uuid     NOT NULL,
    PRIMARY KEY (challenge, variant, player_id)
) WITH (fillfactor = 85);

-- serves: the ranking of a variant, and the rank of one submission in it
CREATE INDEX challenge_best_rank ON challenge_best (challenge, variant, missed, sort_value, at_ms, submission)
    INCLUDE (player_id);

-- That a player has cleared a variant: once for ever.
CREATE TABLE clearing (
    tenant_id  smallint NOT NULL DEFAULT 1,
    challenge  integer  NOT NULL,
    variant    text     NOT NULL COLLATE "C",
    player_id  text     NOT NULL COLLATE "C",
    -- by which it is cleared, and when that was submitted
    submission uuid     NOT NULL,
    at_ms      bigint   NOT NULL,
    -- the event that the points are: of the submission that earned them, which may have been taken back since
    board_id   integer  NOT NULL,
    event_id   text     NOT NULL COLLATE "C",
    event_ms   bigint   NOT NULL,
    points     integer  NOT NULL,
    PRIMARY KEY (challenge, variant, player_id)
) WITH (fillfactor = 90);

-- serves: what a player has cleared
CREATE INDEX clearing_of_player ON clearing (tenant_id, player_id);
-- serves: who cleared a variant first
CREATE INDEX clearing_variant ON clearing (challenge, variant, at_ms, submission);
-- serves: what has been cleared since a freeze
CREATE INDEX clearing_board ON clearing (board_id, at_ms);

-- How many players have cleared a variant, and who was the first.
CREATE TABLE cleared_variant (
    tenant_id        smallint NOT NULL DEFAULT 1,
    challenge        integer  NOT NULL,
    variant          text     NOT NULL COLLATE "C",
    players          bigint   NOT NULL,
    first_player     text     NOT NULL COLLATE "C",
    first_ms         bigint   NOT NULL,
    first_submission uuid     NOT NULL,
    PRIMARY KEY (challenge, variant)
) WITH (fillfactor = 70);

-- How many variants a player has cleared, and the points earned by that.
CREATE TABLE clearing_total (
    tenant_id smallint NOT NULL DEFAULT 1,
    player_id text     NOT NULL COLLATE "C",
    cleared   bigint   NOT NULL,
    points    bigint   NOT NULL,
    PRIMARY KEY (tenant_id, player_id)
) WITH (fillfactor = 85);

-- serves: all players by their points
CREATE INDEX clearing_total_points ON clearing_total (tenant_id, points DESC, player_id);

-- What has changed in the last seconds: the definition of a challenge (variant and player empty), or what is known of a
-- variant and a player. What processes keep in memory is held against it.
CREATE TABLE challenge_change (
    change_no  bigint      GENERATED ALWAYS AS IDENTITY,
    tenant_id  smallint    NOT NULL,
    challenge  integer     NOT NULL,
    variant    text        NOT NULL COLLATE "C",
    player_id  text        NOT NULL COLLATE "C",
    -- whether the clearings have changed, not only the submissions
    clearing   boolean     NOT NULL,
    changed_at timestamptz NOT NULL
);

-- serves: the changes of the last seconds; removing what is older
CREATE INDEX challenge_change_at ON challenge_change (changed_at);
-- serves: those of definitions, however many submissions there are
CREATE INDEX challenge_change_defined ON challenge_change (changed_at) WHERE variant = '';

CREATE FUNCTION note_challenge_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO challenge_change (tenant_id, challenge, variant, player_id, clearing, changed_at)
    VALUES (NEW.tenant_id, NEW.number, '', '', true, clock_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER challenge_changes_are_noted AFTER INSERT OR UPDATE ON challenge
    FOR EACH ROW EXECUTE FUNCTION note_challenge_change();

-- The players who are on no public list and take no rank at an instant. Their table comes with a later migration.
CREATE FUNCTION unlisted_players(in_tenant smallint, at bigint) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(u.player_id), '{}') FROM unranked_player u
            WHERE u.tenant_id = in_tenant AND (u.until IS NULL OR u.until > to_timestamp(at / 1000.0)));
END $$;

-- The challenges of a tenant whose boards are frozen at an instant, and since when. Of those the public sees what was submitted
-- before.
CREATE FUNCTION frozen_challenges(in_tenant smallint, at bigint)
RETURNS TABLE (challenge integer, board_id integer, since bigint) LANGUAGE sql STABLE AS $$
    SELECT c.number, b.id, (extract(epoch FROM b.freeze_at) * 1000)::bigint
    FROM board b JOIN challenge c ON c.tenant_id = b.tenant_id AND c.board = b.name AND c.deleted_at IS NULL
    WHERE b.freeze_at <= to_timestamp(at / 1000.0) AND b.deleted_at IS NULL AND b.tenant_id = in_tenant
$$;

CREATE FUNCTION is_frozen(in_challenge integer, at bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM challenge c
        JOIN board b ON b.tenant_id = c.tenant_id AND b.name = c.board AND b.deleted_at IS NULL
        WHERE c.number = in_challenge AND b.freeze_at <= to_timestamp(at / 1000.0))
$$;

-- A submission on its way into the tables, as JSON. `board` and `event` are those of the points, should there be any.
CREATE TYPE submitted AS (
    challenge integer, revision integer, tenant smallint, variant text, player text, id uuid, hash bigint, content text,
    length integer, score bigint, sort bigint, descending boolean, cleared boolean, at bigint, points integer, board integer, event text,
    tags jsonb, attempt text);

-- Writes submissions, and what follows from them but the points on boards. Nulls in the array are left out. Answers for each
-- of the others its place in the array, what became of it, and what is to be answered:
--   F  the first that clears the variant for its player: the points are due
--   N  accepted; none are
--   D  the same submission was accepted before, as the first that clears
--   R  the same was accepted before, and was not
--   C  another submission was accepted under the same key
--   W  the submission under that key has been taken back
-- A definition of another revision raises LB007. Everything is locked in one order, so that two processes cannot deadlock.
CREATE FUNCTION record_submissions(documents text[]) RETURNS TABLE (ord bigint, became text, answer jsonb)
LANGUAGE plpgsql
SET transaction_timeout = '10s' AS $$
#variable_conflict use_column
DECLARE
    firsts clearing[] := '{}';
    one record;
    known submission;
    got clearing;
    is_first boolean;
    -- players of a tenant who take no rank
    unlisted text[];
    of_tenant smallint;
BEGIN
    -- Shared with other submissions; a change of a definition takes it alone.
    PERFORM pg_advisory_xact_lock_shared(80, t.c)
    FROM (SELECT DISTINCT (d::jsonb ->> 'challenge')::integer AS c FROM unnest(documents) AS d WHERE d IS NOT NULL ORDER BY 1) t;
    IF EXISTS (SELECT FROM unnest(documents) AS d
               WHERE d IS NOT NULL
                 AND (d::jsonb ->> 'revision')::integer IS DISTINCT FROM
                     (SELECT c.revision FROM challenge c
                      WHERE c.number = (d::jsonb ->> 'challenge')::integer AND c.deleted_at IS NULL)) THEN
        RAISE EXCEPTION 'a challenge of this batch has changed' USING ERRCODE = 'LB007';
    END IF;

    FOR one IN
        SELECT d.n, s.* FROM unnest(documents) WITH ORDINALITY AS d(document, n)
        CROSS JOIN LATERAL jsonb_populate_record(NULL::submitted, d.document::jsonb) s
        WHERE d.document IS NOT NULL
        ORDER BY s.challenge, s.variant COLLATE "C", s.player COLLATE "C", s.at, s.id
    LOOP
        IF of_tenant IS DISTINCT FROM one.tenant THEN
            of_tenant := one.tenant;
            unlisted := unlisted_players(one.tenant, one.at);
        END IF;
        INSERT INTO submission (id, tenant_id, challenge, variant, player_id, at_ms, length, score, cleared, content_hash,
            tags, attempt, outcome, points)
        VALUES (one.id, one.tenant, one.challenge, one.variant, one.player, one.at, one.length, one.score, one.cleared,
            one.hash, one.tags, one.attempt::jsonb, 'NO', 0)
        ON CONFLICT (id) DO NOTHING;
        IF NOT FOUND THEN
            SELECT * INTO known FROM submission s WHERE s.id = one.id;
            RETURN QUERY SELECT one.n,
                CASE WHEN known.withdrawn_at IS NOT NULL THEN 'W' WHEN known.content_hash <> one.hash THEN 'C'
                     WHEN known.outcome = 'FIRST' THEN 'D' ELSE 'R' END,
                submission_answer(known);
            CONTINUE;
        END IF;
        INSERT INTO submission_content (id, tenant_id, content) VALUES (one.id, one.tenant, one.content);

        INSERT INTO challenge_best AS b (tenant_id, challenge, variant, player_id, missed, sort_value, at_ms, submission)
        VALUES (one.tenant, one.challenge, one.variant, one.player, (NOT one.cleared)::integer, one.sort, one.at, one.id)
        ON CONFLICT (challenge, variant, player_id) DO UPDATE SET
            missed = excluded.missed, sort_value = excluded.sort_value, at_ms = excluded.at_ms, submission = excluded.submission
        WHERE (excluded.missed, excluded.sort_value, excluded.at_ms, excluded.submission)
            < (b.missed, b.sort_value, b.at_ms, b.submission);

        is_first := false;
        IF one.cleared THEN
            INSERT INTO clearing AS k (tenant_id, challenge, variant, player_id, submission, at_ms, board_id, event_id,
                event_ms, points)
            VALUES (one.tenant, one.challenge, one.variant, one.player, one.id, one.at, one.board, one.event, one.at,
                one.points)
            ON CONFLICT (challenge, variant, player_id) DO NOTHING
            RETURNING k.* INTO got;
            is_first := FOUND;
            IF is_first THEN
                firsts := firsts || got;
            END IF;
        END IF;

        UPDATE submission s SET
            outcome = CASE WHEN is_first THEN 'FIRST' WHEN one.cleared THEN 'AGAIN' ELSE 'NO' END,
            points = CASE WHEN is_first THEN one.points ELSE 0 END,
            best = b.submission,
            best_value = CASE WHEN one.descending THEN -b.sort_value ELSE b.sort_value END,
            rank = CASE WHEN NOT is_frozen(one.challenge, one.at) AND one.player <> ALL (unlisted) THEN (
                SELECT count(*) + 1 FROM challenge_best o
                WHERE o.challenge = b.challenge AND o.variant = b.variant
                  AND (o.missed, o.sort_value, o.at_ms, o.submission)
                    < (b.missed, b.sort_value, b.at_ms, b.submission)
                  AND o.player_id <> ALL (unlisted)) END
        FROM challenge_best b
        WHERE s.id = one.id AND b.challenge = one.challenge AND b.variant = one.variant AND b.player_id = one.player
        RETURNING s.* INTO known;
        INSERT INTO challenge_change (tenant_id, challenge, variant, player_id, clearing, changed_at)
        VALUES (one.tenant, one.challenge, one.variant, one.player, is_first, clock_timestamp());
        RETURN QUERY SELECT one.n, CASE WHEN is_first THEN 'F' ELSE 'N' END, submission_answer(known);
    END LOOP;

    PERFORM count_clearings(firsts);
END $$;

CREATE FUNCTION submission_answer(s submission) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN
    jsonb_strip_nulls(jsonb_build_object('submission', s.id, 'at', s.at_ms, 'cleared', s.outcome, 'points', s.points,
        'best', s.best, 'bestValue', s.best_value, 'rank', s.rank, 'withdrawn', s.withdrawn_at IS NOT NULL));

-- Adds new clearings to the figures of their variants and players.
CREATE FUNCTION count_clearings(added clearing[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(added) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO cleared_variant AS v (tenant_id, challenge, variant, players, first_player, first_ms, first_submission)
    SELECT min(k.tenant_id), k.challenge, k.variant, count(*), (array_agg(k.player_id ORDER BY k.at_ms, k.submission))[1],
        min(k.at_ms), (array_agg(k.submission ORDER BY k.at_ms, k.submission))[1]
    FROM unnest(added) AS k
    GROUP BY k.challenge, k.variant ORDER BY 2, 3
    ON CONFLICT (challenge, variant) DO UPDATE SET
        players = v.players + excluded.players,
        first_player = CASE WHEN (excluded.first_ms, excluded.first_submission) < (v.first_ms, v.first_submission)
                            THEN excluded.first_player ELSE v.first_player END,
        first_ms = least(v.first_ms, excluded.first_ms),
        first_submission = CASE WHEN (excluded.first_ms, excluded.first_submission) < (v.first_ms, v.first_submission)
                                THEN excluded.first_submission ELSE v.first_submission END;
    INSERT INTO clearing_total AS p (tenant_id, player_id, cleared, points)
    SELECT k.tenant_id, k.player_id, count(*), sum(k.points) FROM unnest(added) AS k
    GROUP BY k.tenant_id, k.player_id ORDER BY 1, 2
    ON CONFLICT (tenant_id, player_id) DO UPDATE SET
        cleared = p.cleared + excluded.cleared, points = p.points + excluded.points;
END $$;

-- Those of an array at the given places.
CREATE FUNCTION picked(all_of anyarray, places bigint[]) RETURNS anyarray LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(all_of[p.place] ORDER BY p.n) FROM unnest(places) WITH ORDINALITY AS p(place, n)
$$;

-- The opposite of count_clearings, for clearings that have been removed.
CREATE FUNCTION uncount_clearings(removed clearing[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    -- In the order in which count_clearings takes the rows.
    FOR one IN SELECT k.challenge, k.variant, count(*) AS players, array_agg(k.player_id) AS player_ids FROM unnest(removed) AS k
               GROUP BY k.challenge, k.variant ORDER BY 1, 2 LOOP
        UPDATE cleared_variant v SET players = v.players - one.players
        WHERE v.challenge = one.challenge AND v.variant = one.variant;
        IF EXISTS (SELECT FROM cleared_variant v WHERE v.challenge = one.challenge AND v.variant = one.variant
                   AND v.first_player = ANY (one.player_ids)) THEN
            PERFORM renew_first(one.challenge, one.variant);
        END IF;
    END LOOP;
    FOR one IN SELECT k.tenant_id, k.player_id, count(*) AS cleared, sum(k.points) AS points FROM unnest(removed) AS k
               GROUP BY k.tenant_id, k.player_id ORDER BY 1, 2 LOOP
        UPDATE clearing_total p SET cleared = p.cleared - one.cleared, points = p.points - one.points
        WHERE p.tenant_id = one.tenant_id AND p.player_id = one.player_id;
        DELETE FROM clearing_total p
        WHERE p.tenant_id = one.tenant_id AND p.player_id = one.player_id AND p.cleared = 0;
    END LOOP;
END $$;

-- Finds again who cleared a variant first. Called with its row locked: other clearings wait, so that none is missed.
CREATE FUNCTION renew_first(in_challenge integer, in_variant text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    earliest clearing;
BEGIN
    SELECT * INTO earliest FROM clearing k
    WHERE k.challenge = in_challenge AND k.variant = in_variant
    ORDER BY k.at_ms, k.submission LIMIT 1;
    IF FOUND THEN
        UPDATE cleared_variant v SET first_player = earliest.player_id, first_ms = earliest.at_ms,
            first_submission = earliest.submission
        WHERE v.challenge = in_challenge AND v.variant = in_variant;
    ELSE
        DELETE FROM cleared_variant v WHERE v.challenge = in_challenge AND v.variant = in_variant;
    END IF;
END $$;

-- Deleted challenges of which something is still known. Nobody sees it: what reads across challenges leaves them out.
CREATE TABLE challenge_removal (
    challenge integer     PRIMARY KEY,
    tenant_id smallint    NOT NULL DEFAULT 1,
    since     timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Begins to forget a deleted challenge, when the submissions under way have ended and new ones find it deleted.
CREATE FUNCTION forget_challenge(in_challenge integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(80, in_challenge);
    INSERT INTO challenge_removal (challenge, tenant_id)
    SELECT c.number, c.tenant_id FROM challenge c WHERE c.number = in_challenge
    ON CONFLICT DO NOTHING;
END $$;

-- A step of forgetting a deleted challenge, but for the points, which stay where they were earned: so many rows, with what
-- follows from them. Answers how many; 0 when nothing is to be forgotten, or other processes are at it.
CREATE FUNCTION forget_some(most bigint) RETURNS bigint
LANGUAGE plpgsql
SET transaction_timeout = '30s' AS $$
DECLARE
    own challenge_removal;
    removed clearing[];
    ids uuid[];
    counted bigint;
BEGIN
    SELECT * INTO own FROM challenge_removal r ORDER BY r.since LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    WITH chosen AS MATERIALIZED (
        SELECT k.variant, k.player_id FROM clearing k WHERE k.challenge = own.challenge
        ORDER BY k.variant, k.player_id LIMIT most FOR UPDATE
    ), gone AS (
        DELETE FROM clearing k USING chosen c
        WHERE k.challenge = own.challenge AND k.variant = c.variant AND k.player_id = c.player_id
        RETURNING k.*
    )
    SELECT array_agg(g::clearing) INTO removed FROM gone g;
    IF removed IS NOT NULL THEN
        PERFORM uncount_clearings(removed);
        RETURN cardinality(removed);
    END IF;
    DELETE FROM challenge_best b WHERE b.ctid = ANY (ARRAY(
        SELECT l.ctid FROM challenge_best l WHERE l.challenge = own.challenge LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    IF counted > 0 THEN
        RETURN counted;
    END IF;
    -- Of those that were taken back before, nothing is left but that their keys have been used.
    ids := ARRAY(SELECT s.id FROM submission s WHERE s.challenge = own.challenge AND s.withdrawn_at IS NULL LIMIT most);
    IF cardinality(ids) > 0 THEN
        DELETE FROM submission_content t WHERE t.id = ANY (ids);
        DELETE FROM submission s WHERE s.id = ANY (ids);
        RETURN cardinality(ids);
    END IF;
    DELETE FROM cleared_variant v WHERE v.challenge = own.challenge;
    DELETE FROM challenge_removal r WHERE r.challenge = own.challenge;
    RETURN 1;
END $$;
