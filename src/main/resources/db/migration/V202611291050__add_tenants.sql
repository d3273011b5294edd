-- A tenant is somebody whose boards and players have nothing to do with those of others. There is one; what separates
-- several for their callers is to come, and will find the identities here.
CREATE TABLE tenant (
    id   smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text     NOT NULL COLLATE "C" UNIQUE
);
INSERT INTO tenant (name) VALUES ('default');

-- A constant default is kept in the catalog: no row is written again. It is also what an older process, which does not
-- know of the column, means by its rows. The order is that in which a batch of events takes these tables.
ALTER TABLE board               ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1 REFERENCES tenant;
ALTER TABLE board_window        ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE event_key           ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE score_event         ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE standing            ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE window_standing     ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE disqualification    ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE final_standing      ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE barred_standing     ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE adjustment          ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE admin_log           ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE board_freeze        ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE frozen_board        ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE frozen_window       ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE frozen_standing     ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE frozen_player       ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE window_fill         ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE filled_standing     ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE window_reset        ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE stale_window        ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
ALTER TABLE window_audit        ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;

-- serves: a board by its name; one living board for each name of a tenant. An older process asks by the name alone, and
-- finds it here too, by a skip scan.
CREATE UNIQUE INDEX board_living_tenant_name ON board (tenant_id, name) WHERE deleted_at IS NULL;
DROP INDEX board_living_name;

-- The tenant of a row is that of its board. Rows are written by many statements, some of them by older processes, so one
-- place sees to it.
CREATE FUNCTION take_tenant_of_board() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.tenant_id := coalesce((SELECT b.tenant_id FROM board b WHERE b.id = NEW.board_id), NEW.tenant_id);
    RETURN NEW;
END $$;

-- While there is one tenant, the default is right and a row costs nothing more. The second tenant brings the triggers.
CREATE FUNCTION tell_tenants_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept regclass;
BEGIN
    FOR kept IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'board_id')
          AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'tenant_of_board')
        -- As above: tables are taken in the order in which a batch of events takes them.
        ORDER BY array_position(
            ARRAY['board_window', 'event_key', 'score_event', 'standing', 'window_standing'], c.relname::text), c.relname
    LOOP
        EXECUTE format('CREATE TRIGGER tenant_of_board BEFORE INSERT ON %s
                        FOR EACH ROW EXECUTE FUNCTION take_tenant_of_board()', kept);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER tenants_told_apart AFTER INSERT ON tenant
    FOR EACH STATEMENT EXECUTE FUNCTION tell_tenants_apart();
