-- The traces of a player are removed: from boards, groups, challenges and logs.

-- serves: the lists of friends that name a player
CREATE INDEX friend_listed ON friend (tenant_id, friend_id);
-- serves: forgetting the past memberships of a player
CREATE INDEX membership_player ON membership (tenant_id, player_id) WHERE left_at IS NOT NULL;
-- serves: forgetting what is kept of a player next to archives
CREATE INDEX barred_standing_player ON barred_standing (board_id, player_id);
-- serves: forgetting whom a decision was about
CREATE INDEX admin_log_player ON admin_log (tenant_id, player_id) WHERE player_id IS NOT NULL;
CREATE INDEX change_subject ON change (subject) WHERE subject <> '';

-- What the rows of an erased player, which others need for their ranks, are kept under; no player's id has such a character.
CREATE FUNCTION erased_id(number bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN chr(1) || 'erased-' || number;

-- Takes the player out of all rankings at once, and leaves the rest to erase_some. What is kept under a number takes no rank from
-- the start. Every process is told to forget the record, although there may be none.
CREATE FUNCTION begin_erasure(in_tenant smallint, in_player text, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO erasure (tenant_id, player_id, begun_at) VALUES (in_tenant, in_player, at)
    ON CONFLICT (player_id, tenant_id) WHERE player_id IS NOT NULL DO NOTHING;
    -- Before the lock of change_unranked, as changes of records do it.
    INSERT INTO player_change AS c (tenant_id, player_id, changed_at) VALUES (in_tenant, in_player, clock_timestamp())
    ON CONFLICT (tenant_id, player_id) DO UPDATE SET change_no = DEFAULT, changed_at = excluded.changed_at;
    INSERT INTO unranked_player (tenant_id, player_id)
    SELECT in_tenant, erased_id(e.number) FROM erasure e WHERE e.tenant_id = in_tenant AND e.player_id = in_player
    ON CONFLICT DO NOTHING;
    PERFORM change_unranked(in_tenant, in_player, false, NULL);
END $$;

-- What an erasure would take: boards with open standings, places in closed windows; and whether there is anything else.
CREATE FUNCTION lost_by_erasure(in_tenant smallint, in_player text)
RETURNS TABLE (boards bigint, places bigint, recorded boolean) LANGUAGE sql STABLE AS $$
    SELECT (SELECT count(*) FROM board b WHERE b.tenant_id = in_tenant AND b.deleted_at IS NULL
            AND EXISTS (SELECT FROM standing s WHERE s.board_id = b.id AND s.player_id = in_player)),
        (SELECT count(*) FROM board b JOIN final_standing f ON f.board_id = b.id AND f.player_id = in_player
         WHERE b.tenant_id = in_tenant AND b.deleted_at IS NULL AND f.metric = 0),
        EXISTS (SELECT FROM player p WHERE p.tenant_id = in_tenant AND p.id = in_player)
        OR EXISTS (SELECT FROM submission s WHERE s.tenant_id = in_tenant AND s.player_id = in_player)
        OR EXISTS (SELECT FROM membership m WHERE m.tenant_id = in_tenant AND m.player_id = in_player AND m.left_at IS NULL)
        OR EXISTS (SELECT FROM membership m WHERE m.tenant_id = in_tenant AND m.player_id = in_player
                   AND m.left_at IS NOT NULL)
        OR EXISTS (SELECT FROM friend f WHERE f.tenant_id = in_tenant AND f.player_id = in_player)
        OR EXISTS (SELECT FROM friend f WHERE f.tenant_id = in_tenant AND f.friend_id = in_player)
$$;

-- Hands out erasures that are under way and that no process has worked at for a while; not before Redis is known to show
-- nothing of the player, since that is found by the standings.
CREATE FUNCTION take_erasures(most bigint) RETURNS TABLE (number bigint, tenant_id smallint, player_id text) LANGUAGE sql AS $$
    UPDATE erasure e SET taken_at = clock_timestamp()
    WHERE e.number IN (SELECT l.number FROM erasure l
                       WHERE l.player_id IS NOT NULL AND l.taken_at < clock_timestamp() - interval '30 seconds'
                         AND NOT EXISTS (SELECT FROM unranked_change c
                                         WHERE c.tenant_id = l.tenant_id AND c.player_id = l.player_id)
                       ORDER BY l.number LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING e.number, e.tenant_id, e.player_id
$$;

-- A step of an erasure, which changes about so many rows. Answers what is to be done next:
--   AGAIN  the next step
--   SHOW   the player is to be taken out of Redis again, before the next step
--   LATER  the next step, in a second: another transaction is at something that must not be disturbed
--   DONE   nothing: no trace is left
CREATE FUNCTION erase_some(in_number bigint, most bigint) RETURNS text
LANGUAGE plpgsql
SET transaction_timeout = '30s' AS $$
DECLARE
    own erasure;
    outcome text;
BEGIN
    SELECT * INTO own FROM erasure e WHERE e.number = in_number AND e.player_id IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'DONE';
    END IF;
    outcome := CASE WHEN NOT own.settled THEN settle_erasure(own)
                 WHEN erase_from_challenges(own, least(most, 200)) > 0 OR erase_relations(own, most) > 0 THEN 'AGAIN'
                 WHEN NOT own.found_all THEN find_boards(own)
                 ELSE coalesce(erase_from_next_board(own, most), finish_erasure(own, most)) END;
    -- Once it is over, there is nobody in the row to be taken up.
    UPDATE erasure e
    SET taken_at = clock_timestamp() - CASE WHEN outcome IN ('LATER', 'SHOW') THEN interval '29 seconds' ELSE interval '0' END
    WHERE e.number = in_number;
    RETURN outcome;
END $$;

-- A transaction that began before the player was taken out may be reading a ranking for Redis, with the player. What it has put
-- there is removed again once it has ended; so until then the standings stay, by which it is found.
CREATE FUNCTION settle_erasure(own erasure) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    since timestamptz := coalesce(own.waiting_since, clock_timestamp());
BEGIN
    UPDATE erasure e SET waiting_since = since WHERE e.number = own.number;
    IF EXISTS (SELECT FROM pg_stat_activity a
               WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
                 AND a.xact_start < since)
       -- One that hangs must not keep the player's traces for ever; what it may bring back, the audit finds.
       AND since > clock_timestamp() - interval '1 hour' THEN
        RETURN 'LATER';
    END IF;
    UPDATE erasure e SET settled = true WHERE e.number = own.number;
    IF cardinality(boards_with_scores(own)) = 0 THEN
        RETURN 'AGAIN';
    END IF;
    PERFORM note_unranked_change(own.tenant_id, own.player_id);
    RETURN 'SHOW';
END $$;

-- Removes submissions of a player, so many, and everything that challenges know of the player for their variants, but for the
-- events on boards. Answers how much there was. Not to be called by a transaction that holds a lock for which batches of events
-- wait: those hold rows that this waits for.
CREATE FUNCTION erase_from_challenges(own erasure, most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    ids uuid[];
    of_variant record;
    owned clearing;
    removed clearing[] := '{}';
BEGIN
    ids := ARRAY(SELECT s.id FROM submission s WHERE s.tenant_id = own.tenant_id AND s.player_id = own.player_id
                 ORDER BY s.at_ms DESC, s.id DESC LIMIT most);
    -- In the order in which submissions take the rows. One that comes meanwhile is found by the next step.
    FOR of_variant IN
        SELECT s.challenge, s.variant FROM submission s WHERE s.id = ANY (ids)
        UNION
        (SELECT k.challenge, k.variant FROM clearing k
         WHERE k.tenant_id = own.tenant_id AND k.player_id = own.player_id LIMIT most)
        ORDER BY 1, 2
    LOOP
        DELETE FROM challenge_best b
        WHERE b.challenge = of_variant.challenge AND b.variant = of_variant.variant AND b.player_id = own.player_id;
        DELETE FROM clearing k
        WHERE k.challenge = of_variant.challenge AND k.variant = of_variant.variant AND k.player_id = own.player_id
        RETURNING k.* INTO owned;
        IF FOUND THEN
            removed := removed || owned;
        END IF;
        -- Without the player: that the record has changed is noted elsewhere.
        INSERT INTO challenge_change (tenant_id, challenge, variant, player_id, clearing, changed_at)
        VALUES (own.tenant_id, of_variant.challenge, of_variant.variant, '', true, clock_timestamp());
    END LOOP;
    PERFORM uncount_clearings(removed);
    DELETE FROM submission_content t WHERE t.id = ANY (ids);
    DELETE FROM submission s WHERE s.id = ANY (ids);
    RETURN cardinality(ids) + cardinality(removed);
END $$;

-- Removes what belongs to no board. Answers how many rows there were.
CREATE FUNCTION erase_relations(own erasure, most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    alias text := erased_id(own.number);
    counted bigint;
    removed bigint := 0;
BEGIN
    -- The request that began the erasure deletes the record, unless its process died before.
    DELETE FROM player p WHERE p.tenant_id = own.tenant_id AND p.id = own.player_id AND p.created_at <= own.begun_at;
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM membership m WHERE m.ctid = ANY (ARRAY(
        (SELECT l.ctid FROM membership l
         WHERE l.tenant_id = own.tenant_id AND l.player_id = own.player_id AND l.left_at IS NULL LIMIT most)
        UNION ALL
        (SELECT l.ctid FROM membership l
         WHERE l.tenant_id = own.tenant_id AND l.player_id = own.player_id AND l.left_at IS NOT NULL LIMIT most)));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    DELETE FROM friend f WHERE f.ctid = ANY (ARRAY(
        (SELECT l.ctid FROM friend l WHERE l.tenant_id = own.tenant_id AND l.player_id = own.player_id LIMIT most)
        UNION ALL
        (SELECT l.ctid FROM friend l WHERE l.tenant_id = own.tenant_id AND l.friend_id = own.player_id LIMIT most)));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    UPDATE admin_log l SET player_id = NULL, reason = 'Erased with the player' WHERE l.id = ANY (ARRAY(
        SELECT o.id FROM admin_log o WHERE o.tenant_id = own.tenant_id AND o.player_id = own.player_id LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    -- Followers find that something has changed, and nobody.
    UPDATE change c SET subject = alias WHERE c.id = ANY (ARRAY(
        SELECT o.id FROM change o WHERE o.subject = own.player_id AND o.tenant_id = own.tenant_id LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    -- One that is under way begins again with the first player: those who are done have the new points.
    UPDATE challenge_revaluation r SET player_id = '' WHERE r.done_at IS NULL AND r.player_id = own.player_id;
    RETURN removed;
END $$;

-- Looks for traces on the next boards of the tenant.
CREATE FUNCTION find_boards(own erasure) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    looked integer[] := ARRAY(SELECT b.id FROM board b WHERE b.tenant_id = own.tenant_id AND b.id > own.last_board
                              ORDER BY b.id LIMIT 500);
BEGIN
    UPDATE erasure e SET
        boards = e.boards || ARRAY(SELECT b.id FROM unnest(looked) AS b(id) WHERE is_known_on(b.id, own.player_id) ORDER BY 1),
        found_all = cardinality(looked) = 0,
        last_board = coalesce((SELECT max(b.id) FROM unnest(looked) AS b(id)), 0)
    WHERE e.number = own.number;
    RETURN 'AGAIN';
END $$;

-- Whether there is anything of a player on a board: erase_from_board removes the standing last.
CREATE FUNCTION is_known_on(on_board integer, in_player text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM standing s WHERE s.board_id = on_board AND s.player_id = in_player)
        OR EXISTS (SELECT FROM final_standing f WHERE f.board_id = on_board AND f.player_id = in_player)
        OR EXISTS (SELECT FROM barred_standing f WHERE f.board_id = on_board AND f.player_id = in_player)
        OR EXISTS (SELECT FROM disqualification q WHERE q.board_id = on_board AND q.player_id = in_player)
        OR EXISTS (SELECT FROM adjustment a WHERE a.board_id = on_board AND a.player_id = in_player)
        OR EXISTS (SELECT FROM score_event s WHERE s.board_id = on_board AND s.player_id = in_player)
$$;

-- Continues with the next of the boards that have been found; null when they are done. Each is looked at twice, a second apart:
-- a follower may just be writing down what it had read before.
CREATE FUNCTION erase_from_next_board(own erasure, most bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    on_board integer := (SELECT min(b.id) FROM unnest(own.boards) AS b(id) WHERE b.id > own.last_board);
BEGIN
    IF on_board IS NULL AND (own.repeated OR cardinality(own.boards) = 0) THEN
        RETURN NULL;
    END IF;
    IF on_board IS NULL THEN
        UPDATE erasure e SET repeated = true, last_board = 0 WHERE e.number = own.number;
        RETURN 'LATER';
    END IF;
    IF NOT keep_board_still(on_board) THEN
        RETURN 'LATER';
    END IF;
    IF erase_from_board(on_board, own.player_id, erased_id(own.number), most) < most THEN
        UPDATE erasure e SET last_board = on_board WHERE e.number = own.number;
    END IF;
    RETURN 'AGAIN';
END $$;

-- Sees to it that until the transaction ends, nothing of the board is archived, counted again, filled or copied into a snapshot:
-- all of these read players, and write them down later. False when one of them is under way.
CREATE FUNCTION keep_board_still(on_board integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(77, on_board) OR NOT pg_try_advisory_xact_lock_shared(76, on_board)
            OR NOT pg_try_advisory_xact_lock_shared(78, on_board) THEN
        RETURN false;
    END IF;
    -- A statement of its own, which sees what was committed before the locks were free.
    RETURN NOT EXISTS (SELECT FROM window_fill f JOIN board b ON b.id = f.board_id AND b.deleted_at IS NULL
                       WHERE f.board_id = on_board);
END $$;

-- Removes what is known of a player on a board, or makes it nameless where the ranks of others or counts of days depend on it:
-- about so many rows. Answers how many there were; when it is fewer, nothing is left.
CREATE FUNCTION erase_from_board(on_board integer, in_player text, alias text, most bigint) RETURNS bigint LANGUAGE plpgsql
-- The tables are large, and a player has few rows in them: each window, day or snapshot is looked up by the index.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    counted bigint;
    removed bigint;
BEGIN
    removed := make_events_nameless(on_board, in_player, alias, most);
    IF removed >= most THEN
        RETURN removed;
    END IF;
    UPDATE final_standing f SET player_id = alias WHERE f.ctid = ANY (ARRAY(
        SELECT l.ctid FROM final_standing l WHERE l.board_id = on_board AND l.player_id = in_player LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    DELETE FROM barred_standing f WHERE f.ctid = ANY (ARRAY(
        SELECT l.ctid FROM barred_standing l WHERE l.board_id = on_board AND l.player_id = in_player LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    UPDATE frozen_standing f SET player_id = alias WHERE f.ctid = ANY (ARRAY(
        SELECT l.ctid FROM frozen_board t JOIN frozen_standing l ON l.board_id = t.board_id AND l.freeze_no = t.freeze_no
        WHERE t.board_id = on_board AND l.player_id = in_player LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    DELETE FROM frozen_player f USING frozen_board t
    WHERE t.board_id = on_board AND f.board_id = t.board_id AND f.freeze_no = t.freeze_no AND f.player_id = in_player;
    removed := removed + make_days_nameless(on_board, in_player, alias, most);
    DELETE FROM window_standing s WHERE s.ctid = ANY (ARRAY(
        SELECT l.ctid FROM board_window w
        JOIN window_standing l ON l.board_id = w.board_id AND l.period = w.period AND l.window_key = w.window_key
        WHERE w.board_id = on_board AND l.player_id = in_player LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    DELETE FROM adjustment a WHERE a.ctid = ANY (ARRAY(
        SELECT l.ctid FROM adjustment l WHERE l.board_id = on_board AND l.player_id = in_player LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    DELETE FROM disqualification q WHERE q.ctid = ANY (ARRAY(
        SELECT l.ctid FROM disqualification l WHERE l.board_id = on_board AND l.player_id = in_player LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    DELETE FROM recount_due d WHERE d.board_id = on_board AND d.player_id = in_player;
    IF removed < most THEN
        DELETE FROM standing s WHERE s.board_id = on_board AND s.player_id = in_player;
    END IF;
    RETURN removed;
END $$;

-- Counts of days and of boards need the events. Those that count nowhere any more are marked so: what says it is removed.
CREATE FUNCTION make_events_nameless(on_board integer, in_player text, alias text, most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    upper_id bigint;
    counted bigint;
BEGIN
    SELECT max(l.id) INTO upper_id FROM (
        SELECT s.id FROM score_event s WHERE s.board_id = on_board AND s.player_id = in_player
        ORDER BY s.id LIMIT most) l;
    IF upper_id IS NULL THEN
        RETURN 0;
    END IF;
    DELETE FROM event_key k USING score_event s
    WHERE s.board_id = on_board AND s.player_id = in_player AND s.id <= upper_id
      AND k.board_id = on_board AND k.event_id = s.event_id;
    UPDATE score_event s SET periods = 0
    WHERE s.board_id = on_board AND s.player_id = in_player AND s.id <= upper_id
      AND (EXISTS (SELECT FROM withdrawn_event v WHERE v.board_id = on_board AND v.event_id = s.event_id)
           OR s.event_id LIKE '#adjust-%'
              AND NOT EXISTS (SELECT FROM adjustment a
                              WHERE a.board_id = on_board AND '#adjust-' || a.id = s.event_id AND a.undone_at IS NULL));
    DELETE FROM withdrawn_event v USING score_event s
    WHERE s.board_id = on_board AND s.player_id = in_player AND s.id <= upper_id
      AND v.board_id = on_board AND v.event_id = s.event_id;
    UPDATE score_event s SET player_id = alias, event_id = NULL, attributes = NULL
    WHERE s.board_id = on_board AND s.player_id = in_player AND s.id <= upper_id;
    GET DIAGNOSTICS counted = ROW_COUNT;
    RETURN counted;
END $$;

-- Who was active on days that have been counted.
CREATE FUNCTION make_days_nameless(on_board integer, in_player text, alias text, most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    days date[] := ARRAY(SELECT d.day FROM board_day c
                         JOIN board_day_player d ON d.board_id = c.board_id AND d.day = c.day
                         WHERE c.board_id = on_board AND d.player_id = in_player LIMIT most);
BEGIN
    INSERT INTO board_day_player (board_id, day, player_id)
    SELECT on_board, d.day, alias FROM unnest(days) AS d(day)
    ON CONFLICT DO NOTHING;
    DELETE FROM board_day_player d WHERE d.board_id = on_board AND d.day = ANY (days) AND d.player_id = in_player;
    RETURN cardinality(days);
END $$;

-- Ends an erasure. An event that was accepted until then is removed as well; with the next one, the player begins again.
CREATE FUNCTION finish_erasure(own erasure, most bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    again integer[] := boards_with_scores(own);
    on_board integer;
BEGIN
    -- What takes its time is done while other events go on.
    IF cardinality(again) > 10 THEN
        UPDATE erasure e SET boards = again, last_board = 0 WHERE e.number = own.number;
        RETURN 'AGAIN';
    END IF;
    FOREACH on_board IN ARRAY again LOOP
        IF NOT keep_board_still(on_board) THEN
            RETURN 'LATER';
        END IF;
    END LOOP;
    IF NOT try_hold_batches() THEN
        RETURN 'LATER';
    END IF;
    IF NOT boards_with_scores(own) <@ again
            OR EXISTS (SELECT FROM submission s WHERE s.tenant_id = own.tenant_id AND s.player_id = own.player_id) THEN
        RETURN 'AGAIN';
    END IF;
    FOREACH on_board IN ARRAY again LOOP
        IF erase_from_board(on_board, own.player_id, erased_id(own.number), most) >= most THEN
            RETURN 'AGAIN';
        END IF;
    END LOOP;
    -- What depends on erasures has triggers here, which may put off the end.
    UPDATE erasure e SET player_id = NULL, boards = '{}', done_at = clock_timestamp() WHERE e.number = own.number;
    IF EXISTS (SELECT FROM erasure e WHERE e.number = own.number AND e.player_id IS NOT NULL) THEN
        RETURN 'LATER';
    END IF;
    DELETE FROM unranked_change c WHERE c.tenant_id = own.tenant_id AND c.player_id = own.player_id;
    -- unless the player has come back meanwhile, hidden or banned
    DELETE FROM unranked_player u
    WHERE u.tenant_id = own.tenant_id AND u.player_id = own.player_id
      AND NOT EXISTS (SELECT FROM player p WHERE p.tenant_id = own.tenant_id AND p.id = own.player_id
                      AND (p.visibility = 'HIDDEN' OR p.banned_reason IS NOT NULL));
    RETURN 'DONE';
END $$;

CREATE FUNCTION boards_with_scores(own erasure) RETURNS integer[] LANGUAGE sql VOLATILE AS $$
    SELECT ARRAY(SELECT b.id FROM board b
                 WHERE b.tenant_id = own.tenant_id
                   AND EXISTS (SELECT FROM standing s WHERE s.board_id = b.id AND s.player_id = own.player_id)
                 ORDER BY b.id)
$$;
