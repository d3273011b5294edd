-- What is known of players. `number` is one life of a record: one deleted and written again gets another.
CREATE TABLE player (
    number        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id     smallint    NOT NULL DEFAULT 1 REFERENCES tenant,
    id            text        NOT NULL COLLATE "C",
    display_name  text        NOT NULL,
    username      text        COLLATE "C",
    avatar_url    text,
    attributes    jsonb       NOT NULL DEFAULT '{}',
    visibility    text        NOT NULL CHECK (visibility IN ('PUBLIC', 'ANONYMOUS', 'HIDDEN')),
    banned_reason text,
    banned_until  timestamptz,
    -- the words of the name as they are searched for, each once, separated by spaces; the service makes them
    words         text        NOT NULL COLLATE "C",
    revision      integer     NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT player_id UNIQUE (tenant_id, id),
    CONSTRAINT player_username UNIQUE (tenant_id, username),
    CONSTRAINT player_ban CHECK (banned_until IS NULL OR banned_reason IS NOT NULL)
);

-- The words of names one by one. A word has its tenant, so that a search meets nobody else's.
CREATE TABLE player_word (
    tenant_id smallint NOT NULL,
    word      text     NOT NULL COLLATE "C",
    player    bigint   NOT NULL REFERENCES player ON DELETE CASCADE,
    -- serves: players by the beginning of a word
    PRIMARY KEY (tenant_id, word, player)
);

-- serves: the words of a player, when they change or go
CREATE INDEX player_word_player ON player_word (player);

CREATE FUNCTION split_player_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM player_word WHERE player = NEW.number;
    INSERT INTO player_word (tenant_id, word, player)
    SELECT NEW.tenant_id, word, NEW.number FROM string_to_table(NEW.words, ' ') AS word WHERE word <> '';
    RETURN NULL;
END $$;
CREATE TRIGGER player_words_are_split AFTER INSERT OR UPDATE OF words ON player
    FOR EACH ROW EXECUTE FUNCTION split_player_words();

-- Which players have changed, and when: what processes keep of players in memory is held against it. A row is as old as
-- its last change, whoever made it, also when the player is gone.
CREATE TABLE player_change (
    tenant_id  smallint    NOT NULL DEFAULT 1,
    player_id  text        NOT NULL COLLATE "C",
    change_no  bigint      GENERATED ALWAYS AS IDENTITY,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, player_id)
);

-- serves: the changes of the last seconds; removing what is older
CREATE INDEX player_change_at ON player_change (changed_at);

CREATE FUNCTION note_player_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO player_change AS c (tenant_id, player_id, changed_at)
    VALUES (coalesce(NEW.tenant_id, OLD.tenant_id), coalesce(NEW.id, OLD.id), clock_timestamp())
    ON CONFLICT (tenant_id, player_id) DO UPDATE SET change_no = DEFAULT, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;
CREATE TRIGGER player_changes_are_noted AFTER INSERT OR UPDATE OR DELETE ON player
    FOR EACH ROW EXECUTE FUNCTION note_player_change();
