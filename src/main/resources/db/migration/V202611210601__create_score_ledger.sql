-- The ledger: every accepted score event, append-only. Times of occurrence are milliseconds since
-- 1970 in UTC; times of receipt are by the clock of PostgreSQL, the only one that all replicas share.
CREATE TABLE score_event (
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    board_id    integer     NOT NULL,
    player_id   text        NOT NULL COLLATE "C",
    score       bigint      NOT NULL,
    occurred_ms bigint      NOT NULL,
    received_at timestamptz NOT NULL,
    event_id    text        COLLATE "C",
    attributes  jsonb
) PARTITION BY RANGE (received_at);

-- Receives what no month's partition covers (clocks far off, a job that did not run), so that no event is ever refused
-- for want of a partition.
CREATE TABLE score_event_other PARTITION OF score_event DEFAULT;

-- serves: what came in lately, when a writer has crashed; block ranges, because rows arrive in time order
CREATE INDEX score_event_received ON score_event USING brin (received_at);

-- Makes the partitions of the month of `from_day` and of the `months` after it; existing ones are left as they are.
-- A month whose rows already stand in the default partition is skipped: they are just as safe there.
CREATE FUNCTION ensure_ledger_partitions(from_day date, months integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    first_day date;
    made integer := 0;
BEGIN
    FOR n IN 0 .. months LOOP
        first_day := (date_trunc('month', from_day) + n * interval '1 month')::date;
        CONTINUE WHEN to_regclass('score_event_' || to_char(first_day, 'YYYYMM')) IS NOT NULL;
        CONTINUE WHEN EXISTS (
            SELECT FROM score_event_other
            WHERE received_at >= first_day::timestamp AT TIME ZONE 'UTC'
              AND received_at < (first_day + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS %I PARTITION OF score_event FOR VALUES FROM (%L) TO (%L)',
            'score_event_' || to_char(first_day, 'YYYYMM'),
            to_char(first_day, 'YYYY-MM-DD') || ' 00:00:00+00',
            to_char(first_day + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

DO $$ BEGIN PERFORM ensure_ledger_partitions(current_date, 2); END $$;

-- One row for each event id a client chose: what makes a retry safe.
CREATE TABLE event_key (
    board_id     integer     NOT NULL,
    event_id     text        NOT NULL COLLATE "C",
    content_hash bigint      NOT NULL,
    received_at  timestamptz NOT NULL,
    PRIMARY KEY (board_id, event_id)
);

-- serves: the purge of keys older than their retention; block ranges, because rows arrive in time order
CREATE INDEX event_key_received ON event_key USING brin (received_at);
