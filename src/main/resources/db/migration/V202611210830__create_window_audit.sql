-- The comparison of open windows between both stores: who is at it, and what the last one has found. A row goes when its
-- window is closed.
CREATE TABLE window_audit (
    board_id      integer     NOT NULL,
    period        smallint    NOT NULL,
    window_key    bigint      NOT NULL,
    begun_at      timestamptz NOT NULL,
    -- a process is at it, unless it has died; null when the comparison has ended, well or not
    busy_until    timestamptz,
    -- what the last comparison that ended well has found; null before the first
    audited_at    timestamptz,
    compared      bigint      NOT NULL DEFAULT 0,
    different     bigint      NOT NULL DEFAULT 0,
    repaired      bigint      NOT NULL DEFAULT 0,
    -- since when a difference is known that has not been repaired
    differs_since timestamptz,
    PRIMARY KEY (board_id, period, window_key)
);
