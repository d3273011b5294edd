-- What has been submitted to a challenge can be taken back, with the points that it earned, as if it had never been; and a
-- change of points can reach those who have cleared a variant before.

-- Events of the ledger that no longer count.
CREATE TABLE withdrawn_event (
    tenant_id smallint NOT NULL DEFAULT 1,
    board_id  integer  NOT NULL,
    event_id  text     NOT NULL COLLATE "C",
    PRIMARY KEY (board_id, event_id)
);

-- As before, but without the events of clearings that have been taken back.
CREATE OR REPLACE FUNCTION ledger_events(in_window board_window, in_adds boolean, in_player text, up_to bigint)
RETURNS TABLE (id bigint, player_id text, score bigint, more bigint[], occurred_ms bigint, puts boolean)
LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT e.id, e.player_id, e.score, e.more, e.occurred_ms, NOT in_adds AND coalesce(e.event_id LIKE '#adjust-%', false)
    FROM score_event e
    WHERE e.board_id = in_window.board_id
      AND (in_player IS NULL OR e.player_id = in_player)
      AND (in_window.start_at IS NULL OR e.occurred_ms >= extract(epoch FROM in_window.start_at) * 1000)
      AND (in_window.end_at IS NULL OR e.occurred_ms < extract(epoch FROM in_window.end_at) * 1000)
      AND e.id > coalesce(in_window.first_event, 0)
      AND e.id <= coalesce(least(in_window.last_event, up_to), 9223372036854775807)
      AND (e.periods IS NULL OR e.periods & (1 << (in_window.period - 1)) <> 0)
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '#undo-%')
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '#adjust-%'
           OR EXISTS (SELECT FROM adjustment a
                      WHERE a.board_id = in_window.board_id AND '#adjust-' || a.id = e.event_id AND a.undone_at IS NULL))
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '~clear-%'
           OR NOT EXISTS (SELECT FROM withdrawn_event v
                          WHERE v.board_id = in_window.board_id AND v.event_id = e.event_id))
$$;

-- A change of the points of a variant that also reaches those who had cleared it. It is worked through in the order of the
-- players' ids.
CREATE TABLE challenge_revaluation (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id    smallint    NOT NULL DEFAULT 1,
    challenge    integer     NOT NULL,
    variant      text        NOT NULL COLLATE "C",
    -- as they are from now on
    points       integer     NOT NULL,
    reason       text        NOT NULL,
    author       text        NOT NULL,
    requested_at timestamptz NOT NULL,
    -- the last player who is done
    player_id    text        NOT NULL DEFAULT '' COLLATE "C",
    -- players whose points have changed, and those among them whose score could not be corrected
    players      bigint      NOT NULL DEFAULT 0,
    refused      bigint      NOT NULL DEFAULT 0,
    leased_until timestamptz,
    done_at      timestamptz
) WITH (fillfactor = 70);

-- serves: what is still to be done
CREATE INDEX challenge_revaluation_open ON challenge_revaluation (id) WHERE done_at IS NULL;
-- serves: the corrections of a clearing that is taken back
CREATE INDEX challenge_revaluation_variant ON challenge_revaluation (challenge, variant);

-- Notes the new points of a player's clearing, once the player's score has been corrected, and that the player is done.
CREATE FUNCTION revalue_clearing(in_revaluation bigint, in_player text, corrected boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    change challenge_revaluation;
    difference integer;
BEGIN
    SELECT * INTO change FROM challenge_revaluation r WHERE r.id = in_revaluation;
    UPDATE clearing k SET points = change.points
    WHERE k.challenge = change.challenge AND k.variant = change.variant AND k.player_id = in_player
      AND k.points <> change.points
    RETURNING new.points - old.points INTO difference;
    IF FOUND THEN
        UPDATE clearing_total p SET points = p.points + difference
        WHERE p.tenant_id = change.tenant_id AND p.player_id = in_player;
        INSERT INTO challenge_change (tenant_id, challenge, variant, player_id, clearing, changed_at)
        VALUES (change.tenant_id, change.challenge, change.variant, in_player, true, clock_timestamp());
        UPDATE challenge_revaluation r SET players = r.players + 1, refused = r.refused + (NOT corrected)::integer
        WHERE r.id = in_revaluation;
    END IF;
    UPDATE challenge_revaluation r SET player_id = in_player
    WHERE r.id = in_revaluation AND r.player_id < in_player;
END $$;

-- Windows in which a player's standing is still to be counted again, because an event has been taken back.
CREATE TABLE recount_due (
    tenant_id  smallint    NOT NULL DEFAULT 1,
    board_id   integer     NOT NULL,
    player_id  text        NOT NULL COLLATE "C",
    period     smallint    NOT NULL,
    window_key bigint      NOT NULL,
    -- since when a process has had the time to do it
    since      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (board_id, player_id, period, window_key)
);

-- serves: what a process has left undone that ended
CREATE INDEX recount_due_since ON recount_due (since);

-- Takes a submission back as if it had never been. If it is the one by which its player has cleared the variant, the next
-- one that clears takes its place, and the points stay; if there is none, the clearing and its points are taken back, too, in
-- all windows, open and closed: recount_due says in which, and recount_some is to be called until none is left. Counting may
-- take long, and what other players submit to the variant does not wait for it. Answers the player; null when there is no such
-- submission. `in_board` is the present board of the challenge.
CREATE FUNCTION withdraw_submission(
    in_challenge integer, in_variant text, in_id uuid, in_board integer, in_reason text, in_author text, at timestamptz)
RETURNS text
LANGUAGE plpgsql
SET transaction_timeout = '110s' AS $$
DECLARE
    gone submission;
    owned clearing;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(80, in_challenge);
    -- As undo_adjustment does: nobody closes a window meanwhile.
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    SELECT * INTO gone FROM submission s
    WHERE s.id = in_id AND s.challenge = in_challenge AND s.variant = in_variant AND s.withdrawn_at IS NULL;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM challenge_revaluation r
               WHERE r.challenge = in_challenge AND r.variant = in_variant AND r.done_at IS NULL) THEN
        RAISE EXCEPTION 'the points of the variant are being changed' USING ERRCODE = 'LB008';
    END IF;
    -- Submissions of the player to the variant wait for this.
    PERFORM FROM challenge_best b
    WHERE b.challenge = in_challenge AND b.variant = in_variant AND b.player_id = gone.player_id FOR UPDATE;
    UPDATE submission s SET withdrawn_at = at, tags = NULL, attempt = NULL WHERE s.id = in_id AND s.withdrawn_at IS NULL;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    DELETE FROM submission_content t WHERE t.id = in_id;
    PERFORM renew_best(gone);
    INSERT INTO admin_log (tenant_id, at, action, board_id, player_id, author, reason)
    VALUES (gone.tenant_id, at, 'WITHDRAW', in_board, gone.player_id, in_author, in_reason);

    SELECT * INTO owned FROM clearing k
    WHERE k.challenge = in_challenge AND k.variant = in_variant AND k.player_id = gone.player_id FOR UPDATE;
    IF owned.submission = in_id THEN
        -- The board may be another one of the same name by now.
        IF owned.board_id = in_board AND (next_clearing(owned)).id IS NULL THEN
            PERFORM require_no_fill(in_board);
            PERFORM order_recounts(in_board, gone, take_points_back(owned, in_reason, in_author, at));
        END IF;
        PERFORM pass_clearing_on(owned);
    END IF;
    -- As late as can be: a change is looked for only for some seconds.
    INSERT INTO challenge_change (tenant_id, challenge, variant, player_id, clearing, changed_at)
    VALUES (gone.tenant_id, in_challenge, in_variant, gone.player_id, true, clock_timestamp());
    RETURN gone.player_id;
END $$;

-- Notes that a player is to be counted again in the windows that hold any of the instants. Refuses a sum that would leave the
-- exact range.
CREATE FUNCTION order_recounts(in_board integer, gone submission, instants timestamptz[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    touched board_window;
BEGIN
    FOR touched IN
        SELECT w.* FROM board_window w
        WHERE w.board_id = in_board
          AND EXISTS (SELECT FROM unnest(instants) AS i
                      WHERE (w.start_at IS NULL OR w.start_at <= i) AND (w.end_at IS NULL OR w.end_at > i))
    LOOP
        PERFORM FROM ledger_standings(touched, gone.player_id, NULL);
        INSERT INTO recount_due (tenant_id, board_id, player_id, period, window_key)
        VALUES (gone.tenant_id, in_board, gone.player_id, touched.period, touched.window_key)
        ON CONFLICT (board_id, player_id, period, window_key) DO UPDATE SET since = excluded.since;
    END LOOP;
END $$;

-- Counts a player again where that is due: in all windows that are open, or else in one archive. Answers one row for each, as
-- undo_adjustment does; none when nothing is due.
CREATE FUNCTION recount_some(in_board integer, in_player text, rolling_periods smallint[], rolling_keys bigint[])
RETURNS TABLE (period smallint, window_key bigint, window_id text, start_at timestamptz, end_at timestamptz, state text,
    stale bigint)
LANGUAGE plpgsql
SET transaction_timeout = '110s' AS $$
#variable_conflict use_column
DECLARE
    touched board_window;
    counted integer := 0;
    mark bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    PERFORM require_no_fill(in_board);
    -- After this every event of the player is either in the ledger or waits.
    UPDATE standing s SET version = s.version + 1 WHERE s.board_id = in_board AND s.player_id = in_player;
    FOR touched IN
        SELECT w.* FROM recount_due d
        JOIN board_window w ON w.board_id = d.board_id AND w.period = d.period AND w.window_key = d.window_key
        WHERE d.board_id = in_board AND d.player_id = in_player
        ORDER BY w.state = 'CLOSED', w.period, w.window_key
    LOOP
        EXIT WHEN touched.state = 'CLOSED' AND counted > 0;
        PERFORM recount_player(touched, in_player);
        DELETE FROM recount_due d
        WHERE d.board_id = in_board AND d.player_id = in_player
          AND d.period = touched.period AND d.window_key = touched.window_key;
        counted := counted + 1;
        RETURN QUERY SELECT touched.period, touched.window_key, touched.window_id, touched.start_at, touched.end_at,
            touched.state,
            CASE WHEN touched.state <> 'CLOSED' THEN mark_stale(in_board, touched.period, touched.window_key, mark) END;
    END LOOP;
    IF counted = 0 THEN
        -- Windows that are gone by now.
        DELETE FROM recount_due d WHERE d.board_id = in_board AND d.player_id = in_player;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT t.period, t.window_key, NULL, NULL::timestamptz, NULL::timestamptz, NULL,
        mark_stale(in_board, t.period, t.window_key, mark)
    FROM unnest(rolling_periods, rolling_keys) AS t(period, window_key);
END $$;

-- Hands out players whose recount a process has left undone; of deleted boards none is needed.
CREATE FUNCTION take_recounts(most bigint) RETURNS TABLE (board_id integer, player_id text) LANGUAGE sql AS $$
    DELETE FROM recount_due d USING board b
    WHERE d.since < clock_timestamp() - interval '10 seconds' AND b.id = d.board_id AND b.deleted_at IS NOT NULL;
    WITH due AS (
        UPDATE recount_due d SET since = clock_timestamp()
        WHERE d.ctid = ANY (ARRAY(
            SELECT l.ctid FROM recount_due l WHERE l.since < clock_timestamp() - interval '10 seconds'
            ORDER BY l.since LIMIT most FOR UPDATE SKIP LOCKED))
        RETURNING d.board_id, d.player_id)
    SELECT DISTINCT d.board_id, d.player_id FROM due d
$$;

-- Makes a player's best submission to a variant the best of those that have not been taken back.
CREATE FUNCTION renew_best(gone submission) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    best record;
BEGIN
    SELECT s.id, s.at_ms, (NOT s.cleared)::integer AS missed,
        CASE c.measure WHEN 'LENGTH' THEN s.length ELSE s.score END * CASE c.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS sort
    INTO best
    FROM submission s JOIN challenge c ON c.number = s.challenge
    WHERE s.challenge = gone.challenge AND s.variant = gone.variant AND s.player_id = gone.player_id
      AND s.withdrawn_at IS NULL
    ORDER BY missed, sort, s.at_ms, s.id LIMIT 1;
    IF FOUND THEN
        UPDATE challenge_best b SET missed = best.missed, sort_value = best.sort, at_ms = best.at_ms, submission = best.id
        WHERE b.challenge = gone.challenge AND b.variant = gone.variant AND b.player_id = gone.player_id
          AND b.submission <> best.id;
    ELSE
        DELETE FROM challenge_best b
        WHERE b.challenge = gone.challenge AND b.variant = gone.variant AND b.player_id = gone.player_id;
    END IF;
END $$;

-- The player's first submission that still clears a variant.
CREATE FUNCTION next_clearing(owned clearing) RETURNS submission LANGUAGE sql VOLATILE AS $$
    SELECT s FROM submission s
    WHERE s.challenge = owned.challenge AND s.variant = owned.variant AND s.player_id = owned.player_id
      AND s.withdrawn_at IS NULL AND s.cleared
    ORDER BY s.at_ms, s.id LIMIT 1
$$;

-- Gives a clearing whose submission has been taken back to the player's next one that clears. If there is none, the clearing is
-- removed. The figures of variant and player follow.
CREATE FUNCTION pass_clearing_on(owned clearing) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    following submission := next_clearing(owned);
BEGIN
    IF following.id IS NULL THEN
        DELETE FROM clearing k
        WHERE k.challenge = owned.challenge AND k.variant = owned.variant AND k.player_id = owned.player_id;
        PERFORM uncount_clearings(ARRAY[owned]);
        RETURN;
    END IF;
    UPDATE clearing k SET submission = following.id, at_ms = following.at_ms
    WHERE k.challenge = owned.challenge AND k.variant = owned.variant AND k.player_id = owned.player_id;
    PERFORM FROM cleared_variant v WHERE v.challenge = owned.challenge AND v.variant = owned.variant FOR UPDATE;
    PERFORM renew_first(owned.challenge, owned.variant);
END $$;

-- The event of a clearing counts no longer, nor do the corrections that changed its points. Answers their instants.
CREATE FUNCTION take_points_back(owned clearing, in_reason text, in_author text, at timestamptz) RETURNS timestamptz[]
LANGUAGE plpgsql AS $$
DECLARE
    instants timestamptz[];
BEGIN
    INSERT INTO withdrawn_event (tenant_id, board_id, event_id) VALUES (owned.tenant_id, owned.board_id, owned.event_id)
    ON CONFLICT DO NOTHING;
    WITH undone AS (
        UPDATE adjustment a SET undone_at = at, undone_by = in_author
        FROM challenge_revaluation r
        WHERE r.challenge = owned.challenge AND r.variant = owned.variant
          AND a.board_id = owned.board_id AND a.undone_at IS NULL
          AND a.idempotency_key = 'revalue.' || r.id || '.' || substr(owned.event_id, length('~clear-') + 1)
        RETURNING a.id, a.created_at
    ), told AS (
        -- For those that follow the ledger; they count nowhere.
        INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at, event_id, attributes, periods)
        SELECT owned.board_id, owned.player_id, 0, (extract(epoch FROM at) * 1000)::bigint, now(), '#undo-' || t.event,
            jsonb_build_object('reason', in_reason, 'author', in_author, 'event', t.undone), 0
        FROM (SELECT substr(owned.event_id, 2) AS event, owned.event_id AS undone
              UNION ALL SELECT u.id::text, '#adjust-' || u.id FROM undone u) t
    )
    SELECT array_agg(u.created_at) INTO instants FROM undone u;
    RETURN coalesce(instants, '{}') || to_timestamp(owned.event_ms / 1000.0);
END $$;

-- Orders that all who have cleared a variant get its new points.
CREATE FUNCTION order_revaluation(
    in_tenant smallint, in_challenge integer, in_variant text, in_points integer, in_reason text, in_author text,
    at timestamptz)
RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO challenge_revaluation (tenant_id, challenge, variant, points, reason, author, requested_at)
    VALUES (in_tenant, in_challenge, in_variant, in_points, in_reason, in_author, at) RETURNING id
$$;
