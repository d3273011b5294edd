-- The keys of programs and players. What a client sends is not here, only its digest: somebody who reads this table can use none of them.
CREATE TABLE access_key (
    number        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id     smallint    NOT NULL DEFAULT 1 REFERENCES tenant,
    id            text        NOT NULL COLLATE "C" UNIQUE,
    name          text        NOT NULL,
    secret_sha256 bytea       NOT NULL UNIQUE CHECK (length(secret_sha256) = 32),
    -- Lists, separated by commas, which neither scopes nor patterns contain.
    scopes        text        NOT NULL,
    boards        text        NOT NULL DEFAULT '',
    player_id     text,
    created_by    text        NOT NULL,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz,
    last_used_at  timestamptz,
    revoked_at    timestamptz
);

-- serves: what was revoked lately, which each process looks up once a second
CREATE INDEX access_key_revoked ON access_key (revoked_at) WHERE revoked_at IS NOT NULL;

-- Keys of a player who is erased are revoked when that begins, and say at its end no longer whose they were.
CREATE FUNCTION erase_keys_of_player() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE access_key k SET revoked_at = clock_timestamp()
        WHERE k.tenant_id = NEW.tenant_id AND k.player_id = NEW.player_id AND k.revoked_at IS NULL;
    ELSE
        UPDATE access_key k
        SET revoked_at = coalesce(k.revoked_at, clock_timestamp()), player_id = NULL, name = 'erased player'
        WHERE k.tenant_id = OLD.tenant_id AND k.player_id = OLD.player_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keys_of_player_are_revoked AFTER INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION erase_keys_of_player();
CREATE TRIGGER keys_of_player_are_erased AFTER UPDATE ON erasure FOR EACH ROW
WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL) EXECUTE FUNCTION erase_keys_of_player();
