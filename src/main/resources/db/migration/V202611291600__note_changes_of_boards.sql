-- What processes cache for minutes of a board has changed: its definition, its seasons or its baselines. Each change is noted in the
-- transaction that makes it, so that other processes find it within a second when its notice on Redis is lost. Notes are removed
-- after some minutes.
CREATE TABLE board_change (
    change_no  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1,
    board_id   integer     NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- serves: the changes of the last minute; removing what is older
CREATE INDEX board_change_at ON board_change (changed_at);

CREATE FUNCTION note_board_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO board_change (tenant_id, board_id) VALUES (NEW.tenant_id, NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER board_changes_are_noted AFTER UPDATE ON board FOR EACH ROW
WHEN (OLD.revision <> NEW.revision OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
EXECUTE FUNCTION note_board_change();

CREATE FUNCTION note_baseline_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO board_change (tenant_id, board_id) SELECT DISTINCT c.tenant_id, c.board_id FROM changed c;
    RETURN NULL;
END $$;
CREATE TRIGGER new_baselines_are_noted AFTER INSERT ON season_baseline REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_baseline_changes();
CREATE TRIGGER changed_baselines_are_noted AFTER UPDATE ON season_baseline REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_baseline_changes();
CREATE TRIGGER removed_baselines_are_noted AFTER DELETE ON season_baseline REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_baseline_changes();
