-- What is known of a player in groups and challenges is erased with the rest, and who takes no rank is on no list of challenges.

CREATE OR REPLACE FUNCTION unlisted_players(in_tenant smallint, at bigint) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(u.player_id), '{}') FROM unranked_player u
    WHERE u.tenant_id = in_tenant AND (u.until IS NULL OR u.until > to_timestamp(at / 1000.0))
$$;

DROP INDEX player_unlisted;

-- serves: the lists of friends that name a player
CREATE INDEX friend_listed ON friend (tenant_id, friend_id);

-- serves: forgetting the past memberships of a player
CREATE INDEX membership_player ON membership (tenant_id, player_id) WHERE left_at IS NOT NULL;

-- Takes the player out of all rankings at once, and leaves the rest to erase_some. What is kept under a number takes no rank from
-- the start. Every process is told to forget the record, although there may be none.
CREATE OR REPLACE FUNCTION begin_erasure(in_tenant smallint, in_player text, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION lost_by_erasure(in_tenant smallint, in_player text)
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

-- As before, and from challenges, groups and lists of friends, too.
CREATE OR REPLACE FUNCTION erase_some(in_number bigint, most bigint) RETURNS boolean
LANGUAGE plpgsql
SET transaction_timeout = '30s' AS $$
DECLARE
    own erasure;
    alias text := erased_id(in_number);
    on_board integer;
    upper_id bigint;
BEGIN
    SELECT * INTO own FROM erasure e WHERE e.number = in_number AND e.player_id IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN
        RETURN true;
    END IF;
    UPDATE erasure e SET taken_at = clock_timestamp() WHERE e.number = in_number;
    -- Before the lock below: it waits for rows that batches of events hold.
    PERFORM erase_from_challenges(own.tenant_id, own.player_id);
    -- The request that began the erasure deletes the record, unless its process died before.
    DELETE FROM player p WHERE p.tenant_id = own.tenant_id AND p.id = own.player_id AND p.created_at <= own.begun_at;

    on_board := board_with_events(own);
    IF on_board IS NULL THEN
        -- Most of it while events go on; what is closed or frozen meanwhile is found below.
        PERFORM make_places_nameless(b.id, own.player_id, alias) FROM board b WHERE b.tenant_id = own.tenant_id;
        PERFORM pg_advisory_xact_lock(79, 0);
        on_board := board_with_events(own);
    END IF;
    IF on_board IS NOT NULL THEN
        SELECT max(l.id) INTO upper_id FROM (
            SELECT s.id FROM score_event s WHERE s.board_id = on_board AND s.player_id = own.player_id
            ORDER BY s.id LIMIT most) l;
        DELETE FROM event_key k USING score_event s
        WHERE s.board_id = on_board AND s.player_id = own.player_id AND s.id <= upper_id
          AND k.board_id = on_board AND k.event_id = s.event_id;
        UPDATE score_event s SET player_id = alias, event_id = NULL, attributes = NULL
        WHERE s.board_id = on_board AND s.player_id = own.player_id AND s.id <= upper_id;
        RETURN false;
    END IF;

    FOR on_board IN SELECT b.id FROM board b WHERE b.tenant_id = own.tenant_id LOOP
        PERFORM make_places_nameless(on_board, own.player_id, alias);
        DELETE FROM standing s WHERE s.board_id = on_board AND s.player_id = own.player_id;
        DELETE FROM window_standing s WHERE s.board_id = on_board AND s.player_id = own.player_id;
        DELETE FROM filled_standing s WHERE s.board_id = on_board AND s.player_id = own.player_id;
        DELETE FROM disqualification q WHERE q.board_id = on_board AND q.player_id = own.player_id;
        DELETE FROM adjustment a WHERE a.board_id = on_board AND a.player_id = own.player_id;
        UPDATE admin_log l SET player_id = NULL, reason = 'Erased with the player'
        WHERE l.board_id = on_board AND l.player_id = own.player_id;
    END LOOP;
    -- by the two indexes of a player's memberships
    DELETE FROM membership m WHERE m.tenant_id = own.tenant_id AND m.player_id = own.player_id AND m.left_at IS NULL;
    DELETE FROM membership m WHERE m.tenant_id = own.tenant_id AND m.player_id = own.player_id AND m.left_at IS NOT NULL;
    DELETE FROM friend f WHERE f.tenant_id = own.tenant_id AND own.player_id IN (f.player_id, f.friend_id);
    DELETE FROM change c WHERE c.tenant_id = own.tenant_id AND c.subject = own.player_id;
    DELETE FROM unranked_change c WHERE c.tenant_id = own.tenant_id AND c.player_id = own.player_id;
    -- unless the player has come back meanwhile, hidden or banned
    DELETE FROM unranked_player u
    WHERE u.tenant_id = own.tenant_id AND u.player_id = own.player_id
      AND NOT EXISTS (SELECT FROM player p WHERE p.tenant_id = own.tenant_id AND p.id = own.player_id
                      AND (p.visibility = 'HIDDEN' OR p.banned_reason IS NOT NULL));
    UPDATE erasure e SET player_id = NULL, done_at = clock_timestamp() WHERE e.number = in_number;
    RETURN true;
END $$;
