-- After a restore, new rows come after those that were restored, in the order of the feed, whatever ids of transactions the
-- server is at. Ids are compared with those of rows, and with what snapshots of frozen boards and achievements remember.

-- Has new rows come after everything older than `at_least`, keeping a shift that ids have already. For a restore of rows
-- by the service, which knows both from the backup.
CREATE FUNCTION resume_feed(at_least bigint, from_shift bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    needed bigint;
BEGIN
    LOCK TABLE feed_shift IN EXCLUSIVE MODE;
    needed := greatest(from_shift, at_least - pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 0);
    IF needed = 0 THEN
        ALTER TABLE score_event ALTER COLUMN tx SET DEFAULT pg_current_xact_id();
        ALTER TABLE change ALTER COLUMN tx SET DEFAULT pg_current_xact_id();
    ELSE
        EXECUTE format('ALTER TABLE score_event ALTER COLUMN tx SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', needed);
        EXECUTE format('ALTER TABLE change ALTER COLUMN tx SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', needed);
    END IF;
    UPDATE feed_shift SET shift = needed, cluster = (SELECT c.system_identifier FROM pg_control_system() c);
    RETURN needed;
END $$;

-- As before, and what is remembered next to rows counts too: a snapshot of a frozen board may be younger than the newest
-- event, and an event that is written after it must not pass for one that it has seen.
CREATE OR REPLACE FUNCTION rebase_feed() RETURNS boolean LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
    here bigint;
    highest bigint;
    needed bigint;
BEGIN
    SELECT c.system_identifier INTO here FROM pg_control_system() c;
    IF here = (SELECT s.cluster FROM feed_shift s) THEN
        RETURN false;
    END IF;
    -- One process does it; the others find it done.
    LOCK TABLE feed_shift IN EXCLUSIVE MODE;
    IF here = (SELECT s.cluster FROM feed_shift s) THEN
        RETURN false;
    END IF;
    UPDATE feed_shift SET cluster = here;
    SELECT coalesce(max(t.tx), 0) INTO highest FROM (
        SELECT (SELECT e.tx::text::bigint FROM score_event e WHERE e.board_id & 15 = n ORDER BY e.tx DESC, e.id DESC LIMIT 1) AS tx
        FROM generate_series(0, 15) AS n
        UNION ALL
        SELECT (SELECT c.tx::text::bigint FROM change c WHERE c.board_id & 15 = n ORDER BY c.tx DESC, c.id DESC LIMIT 1)
        FROM generate_series(0, 15) AS n
        UNION ALL
        SELECT f.tx::text::bigint FROM follower f
        UNION ALL
        SELECT pg_snapshot_xmax(p.snapshot)::text::bigint + p.shift FROM frozen_board p WHERE p.snapshot IS NOT NULL
        UNION ALL
        SELECT d.tx::text::bigint FROM achievement_due d
        UNION ALL
        SELECT a.after_tx::text::bigint FROM achievement_fill a) t;
    IF highest < next_feed_tx() THEN
        RETURN false;
    END IF;
    needed := highest + 1 - pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    EXECUTE format('ALTER TABLE score_event ALTER COLUMN tx SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', needed);
    EXECUTE format('ALTER TABLE change ALTER COLUMN tx SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', needed);
    UPDATE feed_shift SET shift = needed;
    RETURN true;
END $$;
