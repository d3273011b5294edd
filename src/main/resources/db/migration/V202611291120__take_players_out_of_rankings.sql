-- Players who take no rank anywhere, on no board and in no window: their records say that they are hidden or banned. The rows
-- follow from the table player, by the triggers below, and from the passing of time (end_bans); nothing else writes them.
CREATE TABLE unranked_player (
    tenant_id smallint    NOT NULL DEFAULT 1 REFERENCES tenant,
    player_id text        NOT NULL COLLATE "C",
    -- when it ends by itself; null for never
    until     timestamptz,
    -- serves: whether a player of a ranking, or of a batch of events, takes a rank
    PRIMARY KEY (player_id, tenant_id)
);

-- serves: bans that are over
CREATE INDEX unranked_player_until ON unranked_player (until) WHERE until IS NOT NULL;

-- A change of unranked_player that Redis may not show yet, written in the same transaction. The process that has carried it
-- there takes it off the list; if that process dies before, another one does it.
CREATE TABLE unranked_change (
    tenant_id smallint    NOT NULL DEFAULT 1,
    player_id text        NOT NULL COLLATE "C",
    -- of the last change: an older one may not take it off the list
    change_no bigint      GENERATED ALWAYS AS IDENTITY,
    -- since when a process has had the time to carry it
    since     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, player_id)
);

CREATE FUNCTION note_unranked_change(in_tenant smallint, in_player text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO unranked_change AS c (tenant_id, player_id, since) VALUES (in_tenant, in_player, clock_timestamp())
    ON CONFLICT (tenant_id, player_id) DO UPDATE SET change_no = DEFAULT, since = excluded.since
$$;

-- Players whose traces are being removed, and how many there have been (V202611291160). While one is under way, the player takes
-- no rank anywhere, so nobody sees what is still there.
CREATE TABLE erasure (
    number        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id     smallint    NOT NULL DEFAULT 1,
    -- null once nothing is left: then nobody can say who it was
    player_id     text        COLLATE "C",
    -- by the clock of the service
    begun_at      timestamptz NOT NULL,
    -- by the clock of PostgreSQL: transactions that began before may still see the player in rankings
    waiting_since timestamptz,
    -- whether there are none of them any more
    settled       boolean     NOT NULL DEFAULT false,
    -- the boards with traces, as far as they have been looked through, and the last one that was looked at
    boards        integer[]   NOT NULL DEFAULT '{}',
    found_all     boolean     NOT NULL DEFAULT false,
    last_board    integer     NOT NULL DEFAULT 0,
    -- whether this is the second time
    repeated      boolean     NOT NULL DEFAULT false,
    -- when a process has taken it up
    taken_at      timestamptz NOT NULL DEFAULT '-infinity',
    done_at       timestamptz
);

-- serves: those that are under way; one for each player
CREATE UNIQUE INDEX erasure_under_way ON erasure (player_id, tenant_id) WHERE player_id IS NOT NULL;

-- Waits a moment for the batches of events that are under way, during which new ones wait as well; false when one takes longer.
CREATE FUNCTION try_hold_batches() RETURNS boolean LANGUAGE plpgsql
SET lock_timeout = '300ms' AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(79, 0);
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END $$;

-- Keeps batches of events away until the transaction ends. They hold the lock together (apply_scores), so each has been
-- committed, or sees what is changed under it. A slow batch must not hold up all others for as long as it takes: after a
-- moment they go on, and this tries again, or gives up.
CREATE FUNCTION hold_batches() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR attempt IN 1 .. 4 LOOP
        IF try_hold_batches() THEN
            RETURN;
        END IF;
        PERFORM pg_sleep(0.3);
    END LOOP;
    RAISE EXCEPTION 'a batch of events takes too long' USING ERRCODE = 'lock_not_available';
END $$;

-- Takes a player out of all rankings, until an instant or for good (null), or lets the player back in unless an erasure is
-- under way.
CREATE FUNCTION change_unranked(in_tenant smallint, in_player text, ranked boolean, in_until timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_batches();
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

-- The time is that of the record, by the clock of the service: it says which bans are over.
CREATE FUNCTION rank_player_by_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM change_unranked(OLD.tenant_id, OLD.id, true, NULL);
    ELSE
        PERFORM change_unranked(NEW.tenant_id, NEW.id,
            NEW.visibility <> 'HIDDEN' AND (NEW.banned_reason IS NULL OR coalesce(NEW.banned_until <= NEW.updated_at, false)),
            CASE WHEN NEW.visibility <> 'HIDDEN' THEN NEW.banned_until END);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER player_is_ranked_at_first AFTER INSERT ON player FOR EACH ROW
    WHEN (NEW.visibility = 'HIDDEN' OR NEW.banned_reason IS NOT NULL)
    EXECUTE FUNCTION rank_player_by_record();
CREATE TRIGGER player_is_ranked AFTER UPDATE ON player FOR EACH ROW
    WHEN ((OLD.visibility = 'HIDDEN') <> (NEW.visibility = 'HIDDEN')
          OR (OLD.banned_reason IS NULL) <> (NEW.banned_reason IS NULL)
          OR OLD.banned_until IS DISTINCT FROM NEW.banned_until)
    EXECUTE FUNCTION rank_player_by_record();
CREATE TRIGGER player_is_ranked_at_last AFTER DELETE ON player FOR EACH ROW
    WHEN (OLD.visibility = 'HIDDEN' OR OLD.banned_reason IS NOT NULL)
    EXECUTE FUNCTION rank_player_by_record();

-- Lets players back in whose bans are over, at most so many. Answers what there is to be carried to Redis.
CREATE FUNCTION end_bans(at timestamptz, most bigint)
RETURNS TABLE (tenant_id smallint, player_id text, change_no bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    due unranked_player[];
BEGIN
    due := ARRAY(SELECT u FROM unranked_player u WHERE u.until <= at ORDER BY u.until LIMIT most);
    IF cardinality(due) = 0 THEN
        RETURN;
    END IF;
    -- Every process is to forget the records, and the lists that the players are on. Before the lock, as changes of records do
    -- it.
    INSERT INTO player_change AS c (tenant_id, player_id, changed_at)
    SELECT d.tenant_id, d.player_id, clock_timestamp() FROM unnest(due) d ORDER BY 1, 2
    ON CONFLICT (tenant_id, player_id) DO UPDATE SET change_no = DEFAULT, changed_at = excluded.changed_at;
    PERFORM hold_batches();
    RETURN QUERY
    WITH ended AS (
        DELETE FROM unranked_player u USING unnest(due) d
        WHERE u.tenant_id = d.tenant_id AND u.player_id = d.player_id AND u.until <= at
        RETURNING u.tenant_id, u.player_id)
    INSERT INTO unranked_change AS c (tenant_id, player_id, since)
    SELECT e.tenant_id, e.player_id, clock_timestamp() FROM ended e
    ON CONFLICT (tenant_id, player_id) DO UPDATE SET change_no = DEFAULT, since = excluded.since
    RETURNING c.tenant_id, c.player_id, c.change_no;
END $$;

-- Hands out changes that nobody has carried to Redis in time, at most so many.
CREATE FUNCTION take_unranked_changes(older interval, most bigint)
RETURNS TABLE (tenant_id smallint, player_id text, change_no bigint)
LANGUAGE sql AS $$
    UPDATE unranked_change c SET since = clock_timestamp()
    WHERE (c.tenant_id, c.player_id) IN (
        SELECT l.tenant_id, l.player_id FROM unranked_change l
        WHERE l.since < clock_timestamp() - older ORDER BY l.since LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING c.tenant_id, c.player_id, c.change_no
$$;

-- As window_standings, of those who take a rank: without the disqualified, and without those who take none anywhere.
CREATE OR REPLACE FUNCTION live_standings(in_board integer, in_period smallint, in_key bigint, in_metric smallint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, version bigint)
LANGUAGE sql STABLE AS $$
    SELECT l.* FROM window_standings(in_board, in_period, in_key, in_metric) l
    WHERE NOT EXISTS (SELECT FROM disqualification q
                      WHERE q.board_id = in_board AND q.period = in_period AND q.window_key = in_key
                        AND q.player_id = l.player_id)
      AND NOT EXISTS (SELECT FROM unranked_player o
                      WHERE o.tenant_id = (SELECT b.tenant_id FROM board b WHERE b.id = in_board)
                        AND o.player_id = l.player_id)
$$;

-- Some of the players with scores in a rolling window, in byte order of their ids.
CREATE OR REPLACE FUNCTION rolling_players(
    in_board integer, in_from bigint, in_to bigint, in_after text, in_limit bigint)
RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT DISTINCT p.player_id FROM board_window d
    CROSS JOIN LATERAL (
        (SELECT s.player_id FROM standing s
         WHERE s.board_id = in_board AND s.d_window = d.window_key AND s.player_id > in_after
           AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = s.tenant_id AND o.player_id = s.player_id)
         ORDER BY s.player_id LIMIT in_limit)
        UNION ALL
        (SELECT w.player_id FROM window_standing w
         WHERE w.board_id = in_board AND w.period = 1 AND w.window_key = d.window_key AND w.player_id > in_after
           AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = w.tenant_id AND o.player_id = w.player_id)
         ORDER BY w.player_id LIMIT in_limit)) p
    WHERE d.board_id = in_board AND d.period = 1 AND d.window_key >= in_from AND d.window_key < in_to
      AND d.state <> 'CLOSED'
    UNION
    (SELECT DISTINCT f.player_id FROM final_standing f
     WHERE f.board_id = in_board AND f.period = 1 AND f.window_key >= in_from AND f.window_key < in_to
       AND f.metric = 0 AND f.player_id > in_after
       AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = f.tenant_id AND o.player_id = f.player_id)
     ORDER BY f.player_id LIMIT in_limit)
    UNION
    (SELECT DISTINCT f.player_id FROM barred_standing f
     WHERE f.board_id = in_board AND f.period = 1 AND f.window_key >= in_from AND f.window_key < in_to
       AND f.metric = 0 AND f.player_id > in_after
       AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = f.tenant_id AND o.player_id = f.player_id)
       AND NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = f.board_id AND q.period = 1
                       AND q.window_key = f.window_key AND q.player_id = f.player_id)
     ORDER BY f.player_id LIMIT in_limit)
    ORDER BY 1 LIMIT in_limit
$$;

-- The players of a board who take no rank anywhere, as of now.
CREATE FUNCTION unranked_on(definition board) RETURNS text[] LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(array_agg(u.player_id), '{}') FROM unranked_player u
    WHERE u.tenant_id = definition.tenant_id
      AND EXISTS (SELECT FROM standing s WHERE s.board_id = definition.id AND s.player_id = u.player_id)
$$;

-- What records say already.
INSERT INTO unranked_player (tenant_id, player_id, until)
SELECT p.tenant_id, p.id, CASE WHEN p.visibility <> 'HIDDEN' THEN p.banned_until END FROM player p
WHERE p.visibility = 'HIDDEN'
   OR p.banned_reason IS NOT NULL AND (p.banned_until IS NULL OR p.banned_until > now());
INSERT INTO unranked_change (tenant_id, player_id, since)
SELECT u.tenant_id, u.player_id, '-infinity'::timestamptz FROM unranked_player u;
