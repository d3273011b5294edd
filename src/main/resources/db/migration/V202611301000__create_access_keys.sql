-- The keys of programs and players. What a client sends is not here, only its digest: whoever reads this table can use none of them.
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
