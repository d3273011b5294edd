-- A held event that is accepted happened earlier than what followers see next: its player is decided again, and where a closed
-- window may have changed, with all others in it.
CREATE FUNCTION decide_accepted_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO achievement_due (tenant_id, board_id, player_id)
    SELECT NEW.tenant_id, NEW.board_id, NEW.player_id FROM board b
    WHERE b.id = NEW.board_id AND EXISTS (
        SELECT FROM achievement a WHERE a.tenant_id = b.tenant_id AND a.deleted_at IS NULL AND a.boards ? b.name);
    INSERT INTO achievement_order (tenant_id, achievement)
    SELECT a.tenant_id, a.number FROM board b
    JOIN achievement a ON a.tenant_id = b.tenant_id AND a.deleted_at IS NULL AND a.boards ? b.name
      AND (a.repeats IS NOT NULL OR a.measures ?| ARRAY['FINAL_RANK', 'FINAL_PERCENTILE'])
    WHERE b.id = NEW.board_id;
    RETURN NULL;
END $$;
CREATE TRIGGER accepted_events_are_decided AFTER UPDATE OF state ON held_event FOR EACH ROW
    WHEN (OLD.state = 'PENDING' AND NEW.state = 'ACCEPTED') EXECUTE FUNCTION decide_accepted_event();
