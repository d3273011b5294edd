-- The running processes of the service. One that ends without leaving has crashed: what it had committed last may be
-- missing in Redis, and another one, or the same one after its restart, carries it there.
CREATE TABLE replica (
    id      text        NOT NULL PRIMARY KEY,
    seen_at timestamptz NOT NULL
);

-- Windows that some process could not carry an acknowledged standing into: no process reads them from Redis until they
-- have been loaded anew. `marks` grows with every such failure, so that a load only takes back what it has seen.
CREATE TABLE stale_window (
    board_id   integer     NOT NULL,
    period     smallint    NOT NULL,
    window_key bigint      NOT NULL,
    marks      bigint      NOT NULL,
    since      timestamptz NOT NULL,
    PRIMARY KEY (board_id, period, window_key)
);
