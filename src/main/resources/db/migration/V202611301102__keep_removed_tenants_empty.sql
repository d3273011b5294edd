-- A process learns within a second that a tenant was removed, and a request may be under way: what it creates would belong to a
-- tenant that nobody can enter. A removal waits for those that came before it. Not for the first tenant, which stays.
CREATE FUNCTION require_living_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM tenant t WHERE t.id = NEW.tenant_id AND t.removed_at IS NULL FOR KEY SHARE;
    IF NOT FOUND THEN
        -- as for a lock that is not free: try again later, when the credential is refused
        RAISE EXCEPTION 'Tenant % has been removed', NEW.tenant_id USING ERRCODE = '55P03';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER board_of_living_tenant BEFORE INSERT ON board
    FOR EACH ROW WHEN (NEW.tenant_id <> 1) EXECUTE FUNCTION require_living_tenant();
CREATE TRIGGER player_of_living_tenant BEFORE INSERT ON player
    FOR EACH ROW WHEN (NEW.tenant_id <> 1) EXECUTE FUNCTION require_living_tenant();
