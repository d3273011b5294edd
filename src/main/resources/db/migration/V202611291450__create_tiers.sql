-- Tiers: classes of the players of a board by their scores, ranks or percentiles. A row is a board's definition.
CREATE TABLE board_tiers (
    board_id   integer     PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1,
    -- another one for each time that a board gets tiers, so that no version recurs
    number     bigint      GENERATED ALWAYS AS IDENTITY,
    revision   integer     NOT NULL DEFAULT 0,
    -- grows when what has been computed before must not be used any more: after an upload
    drops      bigint      NOT NULL DEFAULT 0,
    tiers      jsonb       NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
