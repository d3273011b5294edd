-- Players whose traces are being removed, and how many there have been. While one is under way, the player takes no rank
-- anywhere, so nobody sees what is still there.
CREATE TABLE erasure (
    number    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id smallint    NOT NULL DEFAULT 1,
    -- null once nothing is left: then nobody can say who it was
    player_id text        COLLATE "C",
    begun_at  timestamptz NOT NULL,
    -- when a process has taken it up
    taken_at  timestamptz NOT NULL DEFAULT '-infinity',
    done_at   timestamptz
);

-- serves: those that are under way; one for each player
CREATE UNIQUE INDEX erasure_under_way ON erasure (player_id, tenant_id) WHERE player_id IS NOT NULL;

-- What the rows of an erased player, which others need for their ranks, are kept under; no player's id has such a character.
CREATE FUNCTION erased_id(number bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN chr(1) || 'erased-' || number;

-- As before; an erasure that is under way keeps its player out.
CREATE OR REPLACE FUNCTION change_unranked(in_tenant smallint, in_player text, ranked boolean, in_until timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Batches of events hold this lock together (apply_scores): each has been committed, or sees the change.
    PERFORM pg_advisory_xact_lock(79, 0);
    IF EXISTS (SELECT FROM erasure e WHERE e.tenant_id = in_tenant AND e.player_id = in_player) THEN
        ranked := false;
        in_until := NULL;
    END IF;
    IF ranked THEN
        DELETE FROM unranked_player WHERE tenant_id = in_tenant AND player_id = in_player;
    ELSE
        INSERT INTO unranked_player (tenant_id, player_id, until) VALUES (in_tenant, in_player, in_until)
        ON CONFLICT (tenant_id, player_id) DO UPDATE SET until = excluded.until;
    END IF;
    PERFORM note_unranked_change(in_tenant, in_player);
END $$;

-- Takes the player out of all rankings at once, and leaves the rest to erase_some.
CREATE FUNCTION begin_erasure(in_tenant smallint, in_player text, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO erasure (tenant_id, player_id, begun_at) VALUES (in_tenant, in_player, at)
    ON CONFLICT (player_id, tenant_id) WHERE player_id IS NOT NULL DO NOTHING;
    PERFORM change_unranked(in_tenant, in_player, false, NULL);
END $$;

-- What an erasure would take: boards with open standings, places in closed windows; and whether there is a record.
CREATE FUNCTION lost_by_erasure(in_tenant smallint, in_player text)
RETURNS TABLE (boards bigint, places bigint, recorded boolean) LANGUAGE sql STABLE AS $$
    SELECT (SELECT count(*) FROM board b WHERE b.tenant_id = in_tenant AND b.deleted_at IS NULL
            AND EXISTS (SELECT FROM standing s WHERE s.board_id = b.id AND s.player_id = in_player)),
        (SELECT count(*) FROM board b JOIN final_standing f ON f.board_id = b.id AND f.player_id = in_player
         WHERE b.tenant_id = in_tenant AND b.deleted_at IS NULL AND f.metric = 0),
        EXISTS (SELECT FROM player p WHERE p.tenant_id = in_tenant AND p.id = in_player)
$$;

-- Hands out erasures that are under way and that no process has worked at for a while; not before Redis is known to show
-- nothing of the player, since that is found by the standings.
CREATE FUNCTION take_erasures(most bigint) RETURNS SETOF bigint LANGUAGE sql AS $$
    UPDATE erasure e SET taken_at = clock_timestamp()
    WHERE e.number IN (SELECT l.number FROM erasure l
                       WHERE l.player_id IS NOT NULL AND l.taken_at < clock_timestamp() - interval '30 seconds'
                         AND NOT EXISTS (SELECT FROM unranked_change c
                                         WHERE c.tenant_id = l.tenant_id AND c.player_id = l.player_id)
                       ORDER BY l.number LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING e.number
$$;

-- A step of an erasure; true when nothing is left to do. Events are made nameless, some at a time: counts of days and of
-- boards need them. Then everything else goes, or is made nameless where the ranks of others depend on it.
CREATE FUNCTION erase_some(in_number bigint, most bigint) RETURNS boolean
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
    DELETE FROM change c WHERE c.tenant_id = own.tenant_id AND c.subject = own.player_id;
    DELETE FROM player_change c WHERE c.tenant_id = own.tenant_id AND c.player_id = own.player_id;
    DELETE FROM unranked_change c WHERE c.tenant_id = own.tenant_id AND c.player_id = own.player_id;
    DELETE FROM unranked_player u WHERE u.tenant_id = own.tenant_id AND u.player_id = own.player_id;
    INSERT INTO unranked_player (tenant_id, player_id) VALUES (own.tenant_id, alias);
    UPDATE erasure e SET player_id = NULL, done_at = clock_timestamp() WHERE e.number = in_number;
    RETURN true;
END $$;

-- A board on which a player whose erasure is under way still has events.
CREATE FUNCTION board_with_events(of_erasure erasure) RETURNS integer LANGUAGE sql VOLATILE AS $$
    SELECT b.id FROM board b
    WHERE b.tenant_id = of_erasure.tenant_id
      AND EXISTS (SELECT FROM score_event s WHERE s.board_id = b.id AND s.player_id = of_erasure.player_id)
    ORDER BY b.id LIMIT 1
$$;

-- Places that others' ranks were counted with stay, and so do players of days that have been counted.
CREATE FUNCTION make_places_nameless(on_board integer, in_player text, alias text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE final_standing f SET player_id = alias WHERE f.board_id = on_board AND f.player_id = in_player;
    DELETE FROM barred_standing f
    WHERE f.board_id = on_board AND f.player_id = in_player
      AND (f.period, f.window_key) IN (SELECT w.period, w.window_key FROM board_window w WHERE w.board_id = on_board);
    UPDATE frozen_standing f SET player_id = alias WHERE f.board_id = on_board AND f.player_id = in_player;
    DELETE FROM frozen_player f WHERE f.board_id = on_board AND f.player_id = in_player;
    UPDATE board_day_player d SET player_id = alias
    WHERE d.board_id = on_board AND d.player_id = in_player
      AND d.day IN (SELECT c.day FROM board_day c WHERE c.board_id = on_board)
      AND NOT EXISTS (SELECT FROM board_day_player o
                      WHERE o.board_id = on_board AND o.day = d.day AND o.player_id = alias);
    DELETE FROM board_day_player d
    WHERE d.board_id = on_board AND d.player_id = in_player
      AND d.day IN (SELECT c.day FROM board_day c WHERE c.board_id = on_board);
END $$;
