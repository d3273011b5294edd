-- The friends that a player has listed; being listed is not mutual.
CREATE TABLE friend (
    tenant_id smallint NOT NULL DEFAULT 1,
    player_id text     NOT NULL COLLATE "C",
    friend_id text     NOT NULL COLLATE "C",
    -- serves: the friends of a player in the order of their ids
    PRIMARY KEY (tenant_id, player_id, friend_id)
);
