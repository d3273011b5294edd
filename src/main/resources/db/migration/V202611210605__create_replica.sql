-- The running processes of the service. One that ends without leaving has crashed: what it had committed last may be
-- missing in Redis, and another one, or the same one after its restart, carries it there.
CREATE TABLE replica (
    id      text        NOT NULL PRIMARY KEY,
    seen_at timestamptz NOT NULL
);
