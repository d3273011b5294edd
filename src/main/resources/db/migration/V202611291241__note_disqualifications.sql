-- A disqualification evicts the player from the caches of all processes, as a change of the record does: what is cached there says
-- that the player may play. That a player is disqualified is not cached, so nothing has to be noted when it ends.
CREATE FUNCTION note_disqualification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO player_change AS c (tenant_id, player_id, changed_at)
    SELECT b.tenant_id, NEW.player_id, clock_timestamp() FROM board b WHERE b.id = NEW.board_id
    ON CONFLICT (tenant_id, player_id) DO UPDATE SET change_no = DEFAULT, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;
CREATE TRIGGER disqualifications_are_noted AFTER INSERT ON disqualification
    FOR EACH ROW EXECUTE FUNCTION note_disqualification();
