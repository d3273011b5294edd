-- Groups of players: classes, teams, regions. `number` is one incarnation of a group: one that is deleted and written again
-- gets another.
CREATE TABLE player_group (
    number     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1 REFERENCES tenant,
    kind       text        NOT NULL COLLATE "C",
    id         text        NOT NULL COLLATE "C",
    title      text        NOT NULL,
    attributes jsonb       NOT NULL DEFAULT '{}',
    revision   integer     NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- serves: a group by its key; the groups of a kind in the order of their ids
    CONSTRAINT player_group_id UNIQUE (tenant_id, kind, id)
);

-- Who belongs, or belonged, to a group. Players need no record.
CREATE TABLE membership (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id    smallint    NOT NULL DEFAULT 1,
    group_number bigint      NOT NULL REFERENCES player_group ON DELETE CASCADE,
    player_id    text        NOT NULL COLLATE "C",
    joined_at    timestamptz NOT NULL,
    -- null while the player is a member
    left_at      timestamptz,
    CONSTRAINT membership_dates CHECK (left_at >= joined_at)
);

-- serves: the members of a group in the order of their ids; a player is a member of a group only once at a time
CREATE UNIQUE INDEX membership_current ON membership (group_number, player_id) WHERE left_at IS NULL;

-- serves: the groups of a player; members among the players of a window
CREATE INDEX membership_of_player ON membership (tenant_id, player_id) WHERE left_at IS NULL;

-- serves: past memberships, when a player rejoins and when a group is deleted
CREATE INDEX membership_of_group ON membership (group_number, player_id);
