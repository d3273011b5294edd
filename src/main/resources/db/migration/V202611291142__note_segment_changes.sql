-- serves: the players with an attribute of a certain value
CREATE INDEX player_attributes ON player USING gin (attributes jsonb_path_ops);

-- Which segments have got other members, and when: what processes keep of members in memory is held against it. Rows are only
-- added, so that changes of players who have an attribute in common do not wait for each other.
CREATE TABLE segment_change (
    change_no  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1,
    segment    text        NOT NULL COLLATE "C",
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- serves: the changes of the last seconds; removing what is older
CREATE INDEX segment_change_at ON segment_change (changed_at);

CREATE FUNCTION note_membership_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO segment_change (tenant_id, segment)
    SELECT DISTINCT g.tenant_id, g.kind || ':' || g.id
    FROM changed c JOIN player_group g ON g.number = c.group_number;
    RETURN NULL;
END $$;
CREATE TRIGGER members_added AFTER INSERT ON membership REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_membership_changes();
CREATE TRIGGER members_changed AFTER UPDATE ON membership REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_membership_changes();
CREATE TRIGGER members_removed AFTER DELETE ON membership REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_membership_changes();

-- A group that comes or goes changes what its name means.
CREATE FUNCTION note_group_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO segment_change (tenant_id, segment)
    VALUES (coalesce(NEW.tenant_id, OLD.tenant_id), coalesce(NEW.kind, OLD.kind) || ':' || coalesce(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE TRIGGER group_changes_are_noted AFTER INSERT OR DELETE ON player_group
    FOR EACH ROW EXECUTE FUNCTION note_group_change();

-- An attribute that changes concerns the segment of its old value and that of its new one.
CREATE FUNCTION note_attribute_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO segment_change (tenant_id, segment)
    SELECT coalesce(NEW.tenant_id, OLD.tenant_id), a.key || ':' || a.value
    FROM (
        (SELECT o.key, o.value FROM jsonb_each_text(OLD.attributes) o
         EXCEPT SELECT n.key, n.value FROM jsonb_each_text(NEW.attributes) n)
        UNION ALL
        (SELECT n.key, n.value FROM jsonb_each_text(NEW.attributes) n
         EXCEPT SELECT o.key, o.value FROM jsonb_each_text(OLD.attributes) o)
    ) a;
    RETURN NULL;
END $$;
CREATE TRIGGER attribute_changes_are_noted AFTER INSERT OR UPDATE OF attributes OR DELETE ON player
    FOR EACH ROW EXECUTE FUNCTION note_attribute_changes();

CREATE FUNCTION note_friend_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO segment_change (tenant_id, segment)
    SELECT DISTINCT c.tenant_id, 'friends:' || c.player_id FROM changed c;
    RETURN NULL;
END $$;
CREATE TRIGGER friends_added AFTER INSERT ON friend REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_friend_changes();
CREATE TRIGGER friends_removed AFTER DELETE ON friend REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_friend_changes();
