-- What follows from changes of players follows once for each statement, not once for each row: an upload changes a thousand
-- records by one.

DROP TRIGGER player_words_are_split ON player;
DROP TRIGGER player_changes_are_noted ON player;
DROP TRIGGER attribute_changes_are_noted ON player;

CREATE OR REPLACE FUNCTION split_player_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM player_word w USING changed c JOIN before b ON b.number = c.number
        WHERE w.player = c.number AND b.words <> c.words;
        INSERT INTO player_word (tenant_id, word, player)
        SELECT c.tenant_id, word, c.number
        FROM changed c JOIN before b ON b.number = c.number CROSS JOIN string_to_table(c.words, ' ') AS word
        WHERE word <> '' AND b.words <> c.words;
    ELSE
        INSERT INTO player_word (tenant_id, word, player)
        SELECT c.tenant_id, word, c.number FROM changed c CROSS JOIN string_to_table(c.words, ' ') AS word WHERE word <> '';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION note_player_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO player_change AS p (tenant_id, player_id, changed_at)
    SELECT c.tenant_id, c.id, clock_timestamp() FROM changed c ORDER BY 1, 2
    ON CONFLICT (tenant_id, player_id) DO UPDATE SET change_no = DEFAULT, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;

-- An attribute that changes concerns the segment of its old value and that of its new one.
CREATE OR REPLACE FUNCTION note_attribute_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO segment_change (tenant_id, segment)
        SELECT DISTINCT c.tenant_id, a.key || ':' || a.value
        FROM changed c JOIN before b ON b.number = c.number CROSS JOIN LATERAL (
            (SELECT o.key, o.value FROM jsonb_each_text(b.attributes) o
             EXCEPT SELECT n.key, n.value FROM jsonb_each_text(c.attributes) n)
            UNION ALL
            (SELECT n.key, n.value FROM jsonb_each_text(c.attributes) n
             EXCEPT SELECT o.key, o.value FROM jsonb_each_text(b.attributes) o)
        ) a
        WHERE b.attributes <> c.attributes;
    ELSE
        INSERT INTO segment_change (tenant_id, segment)
        SELECT DISTINCT c.tenant_id, a.key || ':' || a.value FROM changed c CROSS JOIN jsonb_each_text(c.attributes) a;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER words_of_new_players AFTER INSERT ON player REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION split_player_words();
CREATE TRIGGER words_of_changed_players AFTER UPDATE ON player REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION split_player_words();
CREATE TRIGGER new_players_are_noted AFTER INSERT ON player REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_player_change();
CREATE TRIGGER changed_players_are_noted AFTER UPDATE ON player REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_player_change();
CREATE TRIGGER deleted_players_are_noted AFTER DELETE ON player REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_player_change();
CREATE TRIGGER attributes_of_new_players AFTER INSERT ON player REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_attribute_changes();
CREATE TRIGGER attributes_of_changed_players AFTER UPDATE ON player REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_attribute_changes();
CREATE TRIGGER attributes_of_deleted_players AFTER DELETE ON player REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_attribute_changes();
