-- As before, but the tenant whose last import began the longest ago comes first: one that orders many does not keep others waiting
-- for all of them.
CREATE OR REPLACE FUNCTION take_import(in_lease uuid, lease_ms bigint) RETURNS SETOF import_job LANGUAGE sql AS $$
    -- One after the other: what is taken by one is seen by the next.
    SELECT pg_advisory_xact_lock(85, 0);
    UPDATE import_job j SET lease = in_lease, leased_until = clock_timestamp() + lease_ms * interval '1 millisecond',
        state = CASE j.state WHEN 'QUEUED' THEN 'RUNNING' ELSE j.state END,
        -- A lease that nobody gave back: what the process died of may have been this.
        attempts = j.attempts + CASE WHEN j.lease IS NULL THEN 1 ELSE 4 END,
        -- Nobody knows whether the last of its rows were shown: its windows are loaded at the end.
        bulk = j.bulk OR j.phase = 'APPLY' AND j.position > 0,
        started_at = coalesce(j.started_at, clock_timestamp())
    WHERE j.id = (
        SELECT o.id FROM import_job o LEFT JOIN (
            SELECT l.tenant_id, max(l.started_at) AS at
            FROM (SELECT n.tenant_id, n.started_at FROM import_job n ORDER BY n.id DESC LIMIT 200) l
            GROUP BY l.tenant_id) turn ON turn.tenant_id = o.tenant_id
        WHERE o.state IN ('QUEUED', 'RUNNING', 'UNDOING') AND (o.leased_until IS NULL OR o.leased_until < clock_timestamp())
          -- one at a time on a board: the order of imports is the order of their numbers
          AND NOT EXISTS (SELECT FROM import_job b WHERE b.board_id = o.board_id AND b.id <> o.id
                          AND b.state IN ('QUEUED', 'RUNNING', 'UNDOING')
                          -- an earlier one that is resumed or undone waits for one that is being worked on
                          AND (b.id < o.id OR b.lease IS NOT NULL AND b.leased_until > clock_timestamp()))
        ORDER BY turn.at NULLS FIRST, o.id LIMIT 1 FOR UPDATE OF o SKIP LOCKED)
    RETURNING j.*
$$;
