-- Files of rows that are imported into a board, and the jobs that do it.

-- An uploaded file, in pieces: any process can work on it, also after the one that received it has ended.
CREATE TABLE import_file (
    id          uuid        PRIMARY KEY,
    tenant_id   smallint    NOT NULL DEFAULT 1,
    uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- both null until the last piece has arrived
    bytes       bigint,
    sha256      bytea,
    -- nobody may read it any more
    dropped     boolean     NOT NULL DEFAULT false
);

-- serves: removing files that are no longer needed
CREATE INDEX import_file_uploaded ON import_file (uploaded_at);

CREATE TABLE import_piece (
    -- a piece that is stored while its file is being removed goes with it
    file  uuid    NOT NULL REFERENCES import_file ON DELETE CASCADE,
    piece integer NOT NULL,
    data  bytea   NOT NULL,
    PRIMARY KEY (file, piece)
);
-- Files are compressed already, or are read once: to compress them costs more than it saves.
ALTER TABLE import_piece ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE import_job (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id      smallint    NOT NULL DEFAULT 1,
    board_id       integer     NOT NULL,
    file           uuid        NOT NULL,
    file_name      text        NOT NULL,
    file_bytes     bigint      NOT NULL,
    -- what makes the ids of its events: of the file, the mapping and all else that decides what a row means
    fingerprint    text        NOT NULL,
    mode           text        NOT NULL CHECK (mode IN ('EVENTS', 'SNAPSHOT', 'STANDINGS', 'BASELINE')),
    season         text        COLLATE "C",
    -- JSON: what columns mean, by header
    mapping        text        NOT NULL,
    sheet          text,
    dry_run        boolean     NOT NULL,
    atomic         boolean     NOT NULL,
    on_change      text        NOT NULL CHECK (on_change IN ('ADD', 'REPLACE')),
    closed_windows text        NOT NULL CHECK (closed_windows IN ('REFUSE', 'REWRITE')),
    -- the instant of rows without one
    at             timestamptz NOT NULL,
    author         text        NOT NULL,
    reason         text        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'DONE_WITH_ERRORS', 'FAILED',
                                                         'CANCELLED', 'UNDOING', 'UNDONE')),
    -- what is being done: all rows are checked, or applied; windows and archives are made to show them; or all is undone
    phase          text        NOT NULL DEFAULT 'APPLY' CHECK (phase IN ('CHECK', 'APPLY', 'SHOW', 'UNDO')),
    -- whether its rows are shown all at once at the end
    bulk           boolean     NOT NULL DEFAULT false,
    -- rows of the file that are done with, in the present phase; a job that is taken over goes on after them
    position       bigint      NOT NULL DEFAULT 0,
    rows_total     bigint,
    -- how far the file has been read
    read_bytes     bigint      NOT NULL DEFAULT 0,
    applied        bigint      NOT NULL DEFAULT 0,
    unchanged      bigint      NOT NULL DEFAULT 0,
    duplicates     bigint      NOT NULL DEFAULT 0,
    held           bigint      NOT NULL DEFAULT 0,
    refused        bigint      NOT NULL DEFAULT 0,
    -- seconds of work, by all processes
    worked_ms      bigint      NOT NULL DEFAULT 0,
    failure        text,
    -- how often it was taken over since it last came further: more for a process that ended than for one that gave it back
    attempts       integer     NOT NULL DEFAULT 0,
    -- why it was given back; null once it has come further
    hindrance      text,
    -- the one that took its place, and brings it back if it comes to nothing itself
    replaced_by    bigint,
    -- who had it undone, and why
    undone_by      text,
    undone_for     text,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at     timestamptz,
    finished_at    timestamptz,
    cancelled      boolean     NOT NULL DEFAULT false,
    -- the process that works on it, and until when nobody else does
    lease          uuid,
    leased_until   timestamptz
) WITH (fillfactor = 70);

-- serves: the history of a board, of a tenant
CREATE INDEX import_job_board ON import_job (tenant_id, board_id, id);
-- serves: what is to be worked on
CREATE INDEX import_job_open ON import_job (id) WHERE state IN ('QUEUED', 'RUNNING', 'UNDOING');
-- serves: whether a file is still needed
CREATE INDEX import_job_file ON import_job (file);

-- serves: what comes back when an import comes to nothing
CREATE INDEX import_job_replaced ON import_job (replaced_by) WHERE replaced_by IS NOT NULL;

-- Why rows were refused.
CREATE TABLE import_error (
    import_no bigint   NOT NULL,
    row_no    bigint   NOT NULL,
    nth       smallint NOT NULL,
    -- null where the row as a whole is at fault
    column_name text,
    value     text,
    reason    text     NOT NULL,
    PRIMARY KEY (import_no, row_no, nth)
);

-- The windows that events of an import belong to, by what it found: open, or closed (`archived`) and to be ranked again.
CREATE TABLE import_window (
    import_no  bigint   NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    archived   boolean  NOT NULL,
    PRIMARY KEY (import_no, period, window_key)
);

-- The events of files that are being checked: chunk by chunk that is taken back, so each chunk learns here of those before it.
-- And those of imports that such a file replaces. What is lost with a crash is found when the rows are applied.
CREATE UNLOGGED TABLE import_seen (
    import_no    bigint  NOT NULL,
    event_id     text    NOT NULL COLLATE "C",
    replaced     boolean NOT NULL,
    content_hash bigint,
    PRIMARY KEY (import_no, event_id, replaced)
);

-- How the columns of a board's files are read, under a name.
CREATE TABLE import_mapping (
    tenant_id  smallint    NOT NULL DEFAULT 1,
    board_id   integer     NOT NULL,
    name       text        NOT NULL COLLATE "C",
    mapping    text        NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (board_id, name)
);

-- Which import an event came with: known in the transaction that writes the event, and to nobody else.
ALTER TABLE score_event ADD COLUMN import_no bigint;
ALTER TABLE score_event ALTER COLUMN import_no SET DEFAULT nullif(current_setting('laurel.import', true), '')::bigint;
ALTER TABLE held_event ADD COLUMN import_no bigint;
ALTER TABLE held_event ALTER COLUMN import_no SET DEFAULT nullif(current_setting('laurel.import', true), '')::bigint;

-- serve: the players of an import, and its undo
CREATE INDEX score_event_import ON score_event (import_no, player_id) WHERE import_no IS NOT NULL;
CREATE INDEX held_event_import ON held_event (import_no) WHERE import_no IS NOT NULL;

-- Takes over the oldest job that nobody works on.
CREATE FUNCTION take_import(in_lease uuid, lease_ms bigint) RETURNS SETOF import_job LANGUAGE sql AS $$
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
        SELECT o.id FROM import_job o
        WHERE o.state IN ('QUEUED', 'RUNNING', 'UNDOING') AND (o.leased_until IS NULL OR o.leased_until < clock_timestamp())
          -- one at a time on a board: the order of imports is the order of their numbers
          AND NOT EXISTS (SELECT FROM import_job b WHERE b.board_id = o.board_id AND b.id <> o.id
                          AND b.state IN ('QUEUED', 'RUNNING', 'UNDOING')
                          -- an earlier one that is resumed or undone waits for one that is being worked on
                          AND (b.id < o.id OR b.lease IS NOT NULL AND b.leased_until > clock_timestamp()))
        ORDER BY o.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING j.*
$$;

-- Ranks the archive of a closed window again, with the events that an import has brought, and closes it once more for those
-- that follow closings: under a new number, with an entry in the log. Answers the number of players; null when there is no
-- such archive.
CREATE FUNCTION archive_imported(in_import bigint, in_board integer, in_period smallint, in_key bigint, at timestamptz)
RETURNS bigint LANGUAGE plpgsql
SET transaction_timeout = '110s' AS $$
DECLARE
    job import_job;
    own board_window;
    counted bigint;
BEGIN
    -- As undo_adjustment: nobody closes a window, or ranks an archive, meanwhile.
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    PERFORM require_no_fill(in_board);
    SELECT * INTO job FROM import_job j WHERE j.id = in_import;
    SELECT * INTO own FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key
      AND w.state = 'CLOSED' AND w.expired_at IS NULL
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    counted := archive_counted(own);
    INSERT INTO admin_log (tenant_id, at, action, board_id, window_id, author, reason)
    VALUES (job.tenant_id, at, 'IMPORT', in_board, own.window_id, coalesce(job.undone_by, job.author),
            coalesce(job.undone_for, job.reason));
    WITH one AS (UPDATE board SET closings = closings + 1 WHERE id = in_board RETURNING closings)
    UPDATE board_window w SET closing_no = (SELECT closings FROM one)
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    UPDATE import_window i SET archived = false
    WHERE i.import_no = in_import AND i.period = in_period AND i.window_key = in_key;
    RETURN counted;
END $$;

-- Removes some of the events that an import has written, of some of its players, and counts those again wherever it counted:
-- in windows that are not closed at once, while closed ones are only noted. Answers how many players it were; 0 when there are
-- none left. A player with more events takes several times.
CREATE FUNCTION undo_import_of_some(in_import bigint, in_board integer, most_players integer, most_events integer)
RETURNS integer LANGUAGE plpgsql
SET transaction_timeout = '110s' AS $$
DECLARE
    chosen text[];
    places tid[];
    touched board_window;
    pair record;
    -- the events that were removed
    gone_players text[];
    gone_at timestamptz[];
    first_at timestamptz;
    last_at timestamptz;
BEGIN
    -- As undo_adjustment: nobody closes a window, or ranks an archive, meanwhile.
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock_shared(76, in_board);
    PERFORM require_no_fill(in_board);
    chosen := ARRAY(SELECT DISTINCT s.player_id
                    FROM (SELECT e.player_id FROM score_event e
                          WHERE e.import_no = in_import ORDER BY e.player_id LIMIT most_events) s
                    ORDER BY 1 LIMIT most_players);
    IF cardinality(chosen) = 0 THEN
        DELETE FROM held_event h WHERE h.import_no = in_import AND h.state = 'PENDING';
        RETURN 0;
    END IF;
    -- In the order in which batches lock them; after this every event of these players is in the ledger, or waits.
    PERFORM FROM standing s WHERE s.board_id = in_board AND s.player_id = ANY (chosen) ORDER BY s.player_id FOR UPDATE;
    UPDATE standing s SET version = s.version + 1 WHERE s.board_id = in_board AND s.player_id = ANY (chosen);

    places := ARRAY(SELECT e.ctid FROM score_event e
                    WHERE e.import_no = in_import AND e.player_id = ANY (chosen) ORDER BY e.player_id LIMIT most_events);
    -- A place may be another event's in another partition: of this import and of these players it is to be removed as well.
    WITH gone AS (
        DELETE FROM score_event e
        WHERE e.ctid = ANY (places) AND e.import_no = in_import AND e.player_id = ANY (chosen)
        RETURNING e.player_id, e.event_id, e.occurred_ms
    ), keys AS (
        DELETE FROM event_key k USING gone g WHERE k.board_id = in_board AND k.event_id = g.event_id)
    SELECT array_agg(g.player_id), array_agg(to_timestamp(g.occurred_ms / 1000.0)) INTO gone_players, gone_at FROM gone g;
    SELECT min(u), max(u) INTO first_at, last_at FROM unnest(gone_at) AS u;

    FOR touched IN
        -- Also those that the board has got since: they have been filled with the events.
        SELECT w.* FROM board_window w
        WHERE w.board_id = in_board AND (w.start_at IS NULL OR w.start_at <= last_at) AND (w.end_at IS NULL OR w.end_at > first_at)
          AND EXISTS (SELECT FROM unnest(gone_at) AS u(happened) WHERE (w.start_at IS NULL OR w.start_at <= u.happened)
                      AND (w.end_at IS NULL OR w.end_at > u.happened))
    LOOP
        INSERT INTO import_window AS i (import_no, period, window_key, archived)
        VALUES (in_import, touched.period, touched.window_key, touched.state = 'CLOSED')
        ON CONFLICT (import_no, period, window_key) DO UPDATE SET archived = i.archived OR excluded.archived;
        FOR pair IN SELECT DISTINCT u.player_id FROM unnest(gone_players, gone_at) AS u(player_id, happened)
                    WHERE (touched.start_at IS NULL OR touched.start_at <= u.happened)
                      AND (touched.end_at IS NULL OR touched.end_at > u.happened) LOOP
            IF touched.state <> 'CLOSED' THEN
                PERFORM recount_player(touched, pair.player_id);
            END IF;
        END LOOP;
    END LOOP;

    INSERT INTO achievement_due (tenant_id, board_id, player_id)
    SELECT b.tenant_id, b.id, p FROM board b CROSS JOIN unnest(chosen) AS p
    WHERE b.id = in_board AND EXISTS (
        SELECT FROM achievement a WHERE a.tenant_id = b.tenant_id AND a.deleted_at IS NULL AND a.boards ? b.name);
    RETURN cardinality(chosen);
END $$;

-- Nothing that files said of an erased player stays: neither the rows that were refused, nor the files that had rows of the player.
CREATE INDEX import_error_value ON import_error (value) WHERE value IS NOT NULL;

CREATE FUNCTION erase_from_imports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM import_error e USING import_error own JOIN import_job j ON j.id = own.import_no
    -- Long values are kept shortened.
    WHERE own.value IN (OLD.player_id, left(OLD.player_id, 100) || '…') AND j.tenant_id = OLD.tenant_id
      AND e.import_no = own.import_no AND e.row_no = own.row_no;
    -- The events are kept under a number by now. Those files are removed that no work is to be done with.
    UPDATE import_file f SET dropped = true, bytes = NULL
    FROM import_job j
    WHERE f.tenant_id = OLD.tenant_id AND NOT f.dropped AND j.file = f.id AND j.state NOT IN ('QUEUED', 'RUNNING', 'UNDOING')
      AND EXISTS (SELECT FROM score_event e
                  WHERE e.import_no = j.id AND e.player_id IN (OLD.player_id, erased_id(OLD.number)));
    RETURN NULL;
END $$;
CREATE TRIGGER imports_erased AFTER UPDATE ON erasure
FOR EACH ROW WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL) EXECUTE FUNCTION erase_from_imports();

-- Has everything counted again that followers keep of a board.
CREATE FUNCTION order_board_recounts(in_board integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO activity_rebuild (tenant_id, board_id, requested_at)
    SELECT b.tenant_id, b.id, clock_timestamp() FROM board b WHERE b.id = in_board
    ON CONFLICT (board_id) DO UPDATE SET requested_at = excluded.requested_at, player_id = '', players = 0, done_at = NULL;
$$;
