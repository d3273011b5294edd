-- The places of a board's all-time ranking at the end of each day, for as many days as the board's definition says: movement
-- in a ranking that never starts again is measured against them.
ALTER TABLE board ADD COLUMN position_days smallint NOT NULL DEFAULT 0;

-- serves: the boards whose places are due
CREATE INDEX board_with_positions ON board (id) WHERE position_days > 0;

CREATE TABLE position_day (
    number     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1,
    board_id   integer     NOT NULL,
    -- generation of the all-time window
    window_key bigint      NOT NULL,
    -- the day that has ended, in the board's zone
    day        date        NOT NULL,
    -- when the places had been read, by the clock of the process: moments after the day, or later when no process ran then;
    -- infinity until the process has told it, so that they are shown to nobody before
    taken_at   timestamptz NOT NULL,
    -- serves: the newest places that are old enough; and each day is taken once
    UNIQUE (board_id, window_key, day)
);

CREATE TABLE daily_position (
    number    bigint   NOT NULL,
    player_id text     NOT NULL COLLATE "C",
    metric    smallint NOT NULL,
    -- by the board's rank mode, among all who had a standing, also those who took no rank
    rank      integer  NOT NULL,
    -- players with this rank
    holders   integer  NOT NULL,
    -- serves: the places of some players
    PRIMARY KEY (number, player_id, metric)
);

-- Writes the places of a day, at most so many for each metric. Answers how many; 0 when another process has done it. They are
-- shown once stamp_positions has told when they had been read.
CREATE FUNCTION take_positions(in_board integer, in_key bigint, in_day date, most integer) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    own bigint;
    places bigint;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_board;
    -- An erasure in the tenant does not end meanwhile (positions_forget_player).
    PERFORM pg_advisory_xact_lock_shared(83, definition.tenant_id);
    INSERT INTO position_day (tenant_id, board_id, window_key, day, taken_at)
    VALUES (definition.tenant_id, in_board, in_key, in_day, 'infinity')
    ON CONFLICT DO NOTHING RETURNING number INTO own;
    IF own IS NULL THEN
        RETURN 0;
    END IF;
    -- All metrics as of one moment.
    INSERT INTO daily_position (number, player_id, metric, rank, holders)
    SELECT own, r.player_id, m.metric,
        CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better END,
        CASE definition.rank_mode WHEN 'ORDINAL' THEN 1 ELSE r.equal END
    FROM generate_series(0, cardinality(string_to_array(definition.metrics, ',')) - 1) AS m(metric)
    CROSS JOIN LATERAL (
        SELECT s.player_id,
               row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C") AS position,
               rank() OVER (ORDER BY s.score * d.direction) AS better,
               CASE definition.rank_mode WHEN 'DENSE' THEN dense_rank() OVER (ORDER BY s.score * d.direction) END AS dense,
               count(*) OVER (PARTITION BY s.score) AS equal
        FROM window_standings(in_board, 5::smallint, in_key, m.metric::smallint) s
        CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                        CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d) r
    WHERE r.position <= most;
    GET DIAGNOSTICS places = ROW_COUNT;
    RETURN places;
END $$;

-- The present is after all places of the board that anybody sees were read: a freeze in between is before it. Those that a
-- process left without it are told with the next ones.
CREATE FUNCTION stamp_positions(in_board integer, at timestamptz) RETURNS void LANGUAGE sql AS $$
    UPDATE position_day SET taken_at = at WHERE board_id = in_board AND taken_at = 'infinity'
$$;

-- Places that are older than their board keeps them: at most so many in one step. While a board is frozen, those from before the
-- freeze stay, whatever its definition says by now. Answers how many were deleted, heads included.
CREATE FUNCTION forget_positions(at timestamptz, most bigint) RETURNS bigint LANGUAGE sql AS $$
    WITH over AS MATERIALIZED (
        SELECT d.number FROM position_day d LEFT JOIN board b ON b.id = d.board_id
        WHERE b.id IS NULL OR b.deleted_at IS NOT NULL
           OR (b.position_days = 0 OR d.taken_at < at - (b.position_days + 2) * interval '1 day')
              AND (b.freeze_at <= at AND d.taken_at <= b.freeze_at) IS NOT TRUE
        ORDER BY d.number LIMIT 1),
    gone AS (
        DELETE FROM daily_position WHERE ctid IN (
            SELECT p.ctid FROM daily_position p JOIN over USING (number) LIMIT most)
        RETURNING 1),
    heads AS (
        DELETE FROM position_day d USING over
        WHERE d.number = over.number AND NOT EXISTS (SELECT FROM daily_position p WHERE p.number = over.number)
        RETURNING 1)
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM heads)
$$;

-- The places of an erased player lose their name; those of others were counted with them. While places of the tenant are being
-- read, the erasure does not end: finish_erasure finds it unchanged, and tries again later.
CREATE FUNCTION forget_player_in_positions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(83, OLD.tenant_id) THEN
        RETURN NULL;
    END IF;
    UPDATE daily_position p SET player_id = erased_id(OLD.number)
    WHERE p.player_id = OLD.player_id
      AND p.number IN (SELECT d.number FROM position_day d JOIN board b ON b.id = d.board_id
                       WHERE b.tenant_id = OLD.tenant_id);
    RETURN NEW;
END $$;
CREATE TRIGGER positions_forget_player BEFORE UPDATE ON erasure FOR EACH ROW
    WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL)
    EXECUTE FUNCTION forget_player_in_positions();
