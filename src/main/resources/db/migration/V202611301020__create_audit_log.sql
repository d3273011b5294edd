-- The audit log: every administrative action, written before it begins, so that none is without an entry. What became of it is
-- a row of its own, since an entry is never changed. An entry without an outcome is of an action that was under way when its
-- process ended, or when PostgreSQL became unavailable.
CREATE TABLE audit_log (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1,
    at         timestamptz NOT NULL,
    -- how the caller was known, and by which name: OPEN, KEY or TOKEN; the public id of a key or the subject of a token
    actor_kind text        NOT NULL,
    actor      text        NOT NULL,
    -- from where
    address    text        NOT NULL,
    -- the id of the operation in the OpenAPI document
    operation  text        NOT NULL,
    method     text        NOT NULL,
    -- the path, in which {player} stands for the player: so an entry can forget a player without being changed otherwise
    target     text        NOT NULL,
    player_id  text        COLLATE "C",
    -- of the query; null for a value that may name a player
    parameters jsonb       NOT NULL,
    -- the definition that the path names, as it was stored before; null when it names none, and when it was not there
    before     jsonb
);
-- serves: removing what is older than entries are kept
CREATE INDEX audit_log_at ON audit_log (at);
-- serves: forgetting whom an action was about, and the actions about a player
CREATE INDEX audit_log_player ON audit_log (tenant_id, player_id, id DESC) WHERE player_id IS NOT NULL;

CREATE TABLE audit_outcome (
    id      bigint      PRIMARY KEY,
    at      timestamptz NOT NULL,
    -- of the response
    status  smallint    NOT NULL,
    changed boolean     NOT NULL,
    -- the definition as it is stored now; null when nothing has changed, and when it is gone
    after   jsonb
);

-- The definition that a path names, without numbers that are the database's own, without secrets and without what it does not have;
-- null when there is none.
-- What other migrations add to it is a definition with a name of its own.
CREATE FUNCTION audit_image(in_tenant smallint, kind text, in_name text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
    image jsonb;
BEGIN
    CASE kind
        WHEN 'board' THEN
            SELECT to_jsonb(b) - 'closings' || jsonb_strip_nulls(jsonb_build_object(
                    'tiers', (SELECT t.tiers FROM board_tiers t WHERE t.board_id = b.id),
                    'frozen', (SELECT to_jsonb(max(f.freeze_no)) FROM board_freeze f WHERE f.board_id = b.id)))
            INTO image FROM board b WHERE b.tenant_id = in_tenant AND b.name = in_name AND b.deleted_at IS NULL;
        WHEN 'challenge' THEN
            SELECT to_jsonb(c) INTO image FROM challenge c
            WHERE c.tenant_id = in_tenant AND c.id = in_name AND c.deleted_at IS NULL;
        WHEN 'achievement' THEN
            SELECT to_jsonb(a) INTO image FROM achievement a
            WHERE a.tenant_id = in_tenant AND a.id = in_name AND a.deleted_at IS NULL;
        WHEN 'key' THEN
            SELECT to_jsonb(k) - ARRAY['secret_sha256', 'last_used_at', 'player_id', 'name'] INTO image FROM access_key k
            WHERE k.tenant_id = in_tenant AND k.id = in_name;
        ELSE
            RETURN NULL;
    END CASE;
    IF octet_length(image::text) > 65536 THEN
        RETURN jsonb_build_object('omitted', 'larger than 64 KiB', 'md5', md5(image::text));
    END IF;
    RETURN jsonb_strip_nulls(image - ARRAY['tenant_id', 'number', 'deleted_at', 'updated_at']);
END $$;

-- Entries are never changed and not removed, except that an entry forgets a player, and that the owner of the table removes
-- what is older than entries are kept. A role that requests use has neither right to begin with; this holds for every role.
CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('laurel.audit_retention', true) = 'on'
            AND pg_has_role(current_user, (SELECT c.relowner FROM pg_class c WHERE c.oid = TG_RELID), 'MEMBER') THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_log'
            AND to_jsonb(NEW) = jsonb_set(to_jsonb(OLD), '{player_id}', 'null') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Entries of the audit log are neither changed nor removed' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER audit_log_is_kept BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER audit_log_is_not_truncated BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER audit_outcomes_are_kept BEFORE UPDATE OR DELETE ON audit_outcome
    FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER audit_outcomes_are_not_truncated BEFORE TRUNCATE ON audit_outcome
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();

-- Removes so many entries that are older, with their outcomes; never those of the last 30 days. Answers how many there were.
CREATE FUNCTION remove_old_audit_entries(older_than timestamptz, most bigint) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    gone bigint[];
BEGIN
    IF older_than > clock_timestamp() - interval '30 days' THEN
        RAISE EXCEPTION 'Entries of the audit log are kept for 30 days at least' USING ERRCODE = '42501';
    END IF;
    gone := ARRAY(SELECT l.id FROM audit_log l WHERE l.at < older_than ORDER BY l.at LIMIT most FOR UPDATE SKIP LOCKED);
    PERFORM set_config('laurel.audit_retention', 'on', true);
    DELETE FROM audit_outcome o WHERE o.id = ANY (gone);
    DELETE FROM audit_log l WHERE l.id = ANY (gone);
    PERFORM set_config('laurel.audit_retention', '', true);
    RETURN cardinality(gone);
END $$;

-- An entry stays when the player is erased whom it was about, and no longer says who that was.
CREATE FUNCTION forget_player_in_audit_log() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE audit_log l SET player_id = NULL WHERE l.tenant_id = OLD.tenant_id AND l.player_id = OLD.player_id;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_log_forgets_player AFTER UPDATE ON erasure FOR EACH ROW
WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL) EXECUTE FUNCTION forget_player_in_audit_log();
