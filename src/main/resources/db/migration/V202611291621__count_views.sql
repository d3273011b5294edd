-- What is wanted at which hour of the week is remembered, so that it can be loaded before.

-- Of each hour and kind only what is read most has a row. It is a hint: losing it costs nothing but speed.
CREATE TABLE view_demand (
    -- of the week, from Monday 0:00
    hour       smallint         NOT NULL CHECK (hour BETWEEN 0 AND 167),
    kind       text             NOT NULL COLLATE "C",
    tenant_id  smallint         NOT NULL,
    subject    text             NOT NULL COLLATE "C",
    -- whom alone it is about: it goes with the record, and so with an erasure
    player_id  text             COLLATE "C",
    -- how often it was read, each time counting less with age, as of an instant
    weight     double precision NOT NULL,
    counted_at timestamptz      NOT NULL,
    -- serves: what is wanted at an hour
    PRIMARY KEY (hour, kind, tenant_id, subject),
    FOREIGN KEY (tenant_id, player_id) REFERENCES player (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80);

-- serves: forgetting what a player's views were, with the record
CREATE INDEX view_demand_player ON view_demand (tenant_id, player_id) WHERE player_id IS NOT NULL;

-- The parts of a run that a process has taken, so that the others leave them to it; they are removed after a day.
CREATE TABLE warming_piece (
    run        text        NOT NULL COLLATE "C",
    piece      smallint    NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run, piece)
);
