-- What operators decide about a tenant. A quota that is null does not limit anything. A removed tenant keeps its row and its
-- number, which others refer to; its name can be used again, by another one.
ALTER TABLE tenant
    ADD COLUMN title                 text        NOT NULL DEFAULT 'Default',
    ADD COLUMN max_boards            integer,
    ADD COLUMN max_players           bigint,
    ADD COLUMN max_events_per_second integer,
    ADD COLUMN max_upload_bytes      bigint,
    -- how often it was changed: the sum over all of them differs after every change of any
    ADD COLUMN revision              integer     NOT NULL DEFAULT 1,
    -- null for the tenant that exists from the first start
    ADD COLUMN created_at            timestamptz,
    ADD COLUMN removed_at            timestamptz;
ALTER TABLE tenant ALTER COLUMN created_at SET DEFAULT clock_timestamp();

-- serves: a tenant by its name; one living tenant for each
CREATE UNIQUE INDEX tenant_living_name ON tenant (name) WHERE removed_at IS NULL;
ALTER TABLE tenant DROP CONSTRAINT tenant_name_key;

-- Nobody gets in with a key of a tenant that was removed.
CREATE FUNCTION revoke_keys_of_tenant() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE access_key k SET revoked_at = clock_timestamp() WHERE k.tenant_id = NEW.id AND k.revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER keys_of_tenant_are_revoked AFTER UPDATE ON tenant FOR EACH ROW
WHEN (OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL) EXECUTE FUNCTION revoke_keys_of_tenant();
