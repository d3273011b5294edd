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
    DELETE FROM membership m WHERE m.tenant_id = own.tenant_id AND m.player_id = own.player_id;
    DELETE FROM friend f WHERE f.tenant_id = own.tenant_id AND own.player_id IN (f.player_id, f.friend_id);
    DELETE FROM challenge_change c WHERE c.tenant_id = own.tenant_id AND c.player_id = own.player_id;
    DELETE FROM change c WHERE c.tenant_id = own.tenant_id AND c.subject = own.player_id;
    DELETE FROM player_change c WHERE c.tenant_id = own.tenant_id AND c.player_id = own.player_id;
    DELETE FROM unranked_change c WHERE c.tenant_id = own.tenant_id AND c.player_id = own.player_id;
    DELETE FROM unranked_player u WHERE u.tenant_id = own.tenant_id AND u.player_id = own.player_id;
    INSERT INTO unranked_player (tenant_id, player_id) VALUES (own.tenant_id, alias);
    UPDATE erasure e SET player_id = NULL, done_at = clock_timestamp() WHERE e.number = in_number;
    RETURN true;
END $$;
