-- As before, and tenants, which operators alone change: theirs is the tenant whose log has it.
CREATE OR REPLACE FUNCTION audit_image(in_tenant smallint, kind text, in_name text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
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
        WHEN 'tenant' THEN
            SELECT to_jsonb(t) - ARRAY['revision', 'removed_at'] INTO image FROM tenant t
            WHERE t.name = in_name AND t.removed_at IS NULL;
        ELSE
            RETURN NULL;
    END CASE;
    IF octet_length(image::text) > 65536 THEN
        RETURN jsonb_build_object('omitted', 'larger than 64 KiB', 'md5', md5(image::text));
    END IF;
    RETURN jsonb_strip_nulls(image - ARRAY['tenant_id', 'number', 'deleted_at', 'updated_at']);
END $$;
