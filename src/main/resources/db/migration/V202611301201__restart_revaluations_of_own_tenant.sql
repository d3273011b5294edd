-- As before, but for revaluations: erasing a player sent that of another tenant back to its start, if it was at a player of the same id.
CREATE OR REPLACE FUNCTION erase_relations(own erasure, most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    alias text := erased_id(own.number);
    counted bigint;
    removed bigint := 0;
BEGIN
    -- The request that began the erasure deletes the record, unless its process died before.
    DELETE FROM player p WHERE p.tenant_id = own.tenant_id AND p.id = own.player_id AND p.created_at <= own.begun_at;
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM membership m WHERE m.ctid = ANY (ARRAY(
        (SELECT l.ctid FROM membership l
         WHERE l.tenant_id = own.tenant_id AND l.player_id = own.player_id AND l.left_at IS NULL LIMIT most)
        UNION ALL
        (SELECT l.ctid FROM membership l
         WHERE l.tenant_id = own.tenant_id AND l.player_id = own.player_id AND l.left_at IS NOT NULL LIMIT most)));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    DELETE FROM friend f WHERE f.ctid = ANY (ARRAY(
        (SELECT l.ctid FROM friend l WHERE l.tenant_id = own.tenant_id AND l.player_id = own.player_id LIMIT most)
        UNION ALL
        (SELECT l.ctid FROM friend l WHERE l.tenant_id = own.tenant_id AND l.friend_id = own.player_id LIMIT most)));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    UPDATE admin_log l SET player_id = NULL, reason = 'Erased with the player' WHERE l.id = ANY (ARRAY(
        SELECT o.id FROM admin_log o WHERE o.tenant_id = own.tenant_id AND o.player_id = own.player_id LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    -- Followers find that something has changed, and nobody.
    UPDATE change c SET subject = alias WHERE c.id = ANY (ARRAY(
        SELECT o.id FROM change o WHERE o.subject = own.player_id AND o.tenant_id = own.tenant_id LIMIT most));
    GET DIAGNOSTICS counted = ROW_COUNT;
    removed := removed + counted;
    -- One that is under way begins again with the first player: those who are done have the new points.
    UPDATE challenge_revaluation r SET player_id = ''
    WHERE r.done_at IS NULL AND r.tenant_id = own.tenant_id AND r.player_id = own.player_id;
    RETURN removed;
END $$;
