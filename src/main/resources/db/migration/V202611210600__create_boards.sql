-- Definitions of competitions. `id` is one life of a board: a board deleted and created again under the
-- same name gets another id, so nothing of the old life can show in the new one.
CREATE TABLE board (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text        NOT NULL COLLATE "C",
    title       text        NOT NULL,
    operator    text        NOT NULL,
    sort_order  text        NOT NULL,
    periods     text        NOT NULL,
    zone        text        NOT NULL,
    week_start  text        NOT NULL,
    rank_mode   text        NOT NULL,
    decimals    smallint    NOT NULL,
    min_score   bigint      NOT NULL,
    max_score   bigint      NOT NULL,
    lateness_ms bigint      NOT NULL,
    -- grows with every change; a writer that knows another revision is told to look again
    revision    integer     NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    deleted_at  timestamptz
);

-- serves: a board by its name; one living board for each name
CREATE UNIQUE INDEX board_living_name ON board (name) WHERE deleted_at IS NULL;
