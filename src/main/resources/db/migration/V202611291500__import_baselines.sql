-- Baselines that imports have set, so that each import can be undone, in whatever order they came.

CREATE TABLE import_baseline (
    import_no bigint   NOT NULL,
    tenant_id smallint NOT NULL,
    board_id  integer  NOT NULL,
    season    text     NOT NULL COLLATE "C",
    player_id text     NOT NULL COLLATE "C",
    -- in which order they were set
    nth       bigint   GENERATED ALWAYS AS IDENTITY,
    -- by the number of the metric
    amounts   bigint[] NOT NULL,
    -- what was there before; null for nothing
    previous  bigint[],
    PRIMARY KEY (import_no, player_id)
);

-- serves: what was set after it; the removal of an erased player
CREATE INDEX import_baseline_player ON import_baseline (player_id, board_id, season, nth);

-- Notes the archives of a season that is closed, so that they are ranked again at the end of an import or of its undo.
CREATE FUNCTION note_closed_seasons(in_import bigint, in_board integer, in_key bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO import_window (import_no, period, window_key, archived)
    SELECT in_import, w.period, w.window_key, true FROM board_window w
    WHERE w.board_id = in_board AND w.period = 6 AND (w.window_key & -1024) = in_key AND w.expired_at IS NULL
      AND NOT EXISTS (SELECT FROM board_window o WHERE o.board_id = in_board AND o.period = 6
                      AND (o.window_key & -1024) = in_key AND o.state <> 'CLOSED')
    ON CONFLICT (import_no, period, window_key) DO UPDATE SET archived = true
$$;

-- Sets baselines as set_baselines does, without an entry in the log for each step of an import, and notes what was there before.
CREATE FUNCTION import_baselines(
    in_import bigint, in_board integer, in_key bigint, in_season text, players text[], baselines text[], at timestamptz,
    in_revision integer, in_closed boolean)
RETURNS TABLE (player_id text, previous bigint[], window_key bigint, stale bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    -- As set_baselines, so that what is noted is what it changes.
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock(76, in_board);
    INSERT INTO import_baseline AS i (import_no, tenant_id, board_id, season, player_id, amounts, previous)
    SELECT in_import, b.tenant_id, b.id, in_season, t.player, t.amounts::bigint[], l.amounts
    FROM unnest(players, baselines) WITH ORDINALITY AS t(player, amounts, nth)
    JOIN board b ON b.id = in_board
    LEFT JOIN season_baseline l ON l.board_id = in_board AND l.season_key = in_key AND l.player_id = t.player
    ORDER BY t.nth
    -- A later row of the same file takes the place of an earlier one.
    ON CONFLICT (import_no, player_id) DO UPDATE SET amounts = excluded.amounts;
    RETURN QUERY
    SELECT * FROM set_baselines(in_board, in_key, in_season, players, baselines, at, NULL, NULL, in_revision, in_closed);
    IF FOUND THEN
        PERFORM note_closed_seasons(in_import, in_board, in_key);
    END IF;
END $$;

-- Takes back some of the baselines that an import has set. What has been set since stays; if it was an import that did so, what it
-- finds when it is undone itself is what was there before this one. Answers as set_baselines.
CREATE FUNCTION undo_import_baselines(
    in_import bigint, in_board integer, in_key bigint, in_season text, most integer, at timestamptz, in_revision integer)
RETURNS TABLE (player_id text, previous bigint[], window_key bigint, stale bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    chosen text[];
    back text[];
    before text[];
BEGIN
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock(76, in_board);
    chosen := ARRAY(SELECT i.player_id FROM import_baseline i WHERE i.import_no = in_import ORDER BY i.player_id LIMIT most);

    WITH own AS (
        SELECT i.* FROM import_baseline i WHERE i.import_no = in_import AND i.player_id = ANY (chosen)
    ), later AS (
        SELECT DISTINCT ON (o.player_id) o.player_id, n.import_no, n.previous, o.amounts, o.previous AS restored
        FROM own o JOIN import_baseline n
          ON n.player_id = o.player_id AND n.board_id = o.board_id AND n.season = o.season AND n.nth > o.nth
        ORDER BY o.player_id, n.nth
    ), patched AS (
        UPDATE import_baseline i SET previous = l.restored FROM later l
        WHERE i.import_no = l.import_no AND i.player_id = l.player_id AND l.previous = l.amounts
    )
    SELECT array_agg(o.player_id ORDER BY o.player_id), array_agg(o.previous::text ORDER BY o.player_id) INTO back, before
    FROM own o
    JOIN season_baseline s
      ON s.board_id = in_board AND s.season_key = in_key AND s.player_id = o.player_id AND s.amounts = o.amounts
    WHERE NOT EXISTS (SELECT FROM later l WHERE l.player_id = o.player_id);

    DELETE FROM import_baseline i WHERE i.import_no = in_import AND i.player_id = ANY (chosen);
    IF back IS NOT NULL THEN
        RETURN QUERY SELECT * FROM set_baselines(in_board, in_key, in_season, back, before, at, NULL, NULL, in_revision, true);
        IF FOUND THEN
            PERFORM note_closed_seasons(in_import, in_board, in_key);
        END IF;
    END IF;
END $$;

-- An erased player has no baseline that could come back.
CREATE FUNCTION erase_from_imported_baselines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM import_baseline i WHERE i.player_id = OLD.player_id AND i.tenant_id = OLD.tenant_id;
    RETURN NULL;
END $$;
CREATE TRIGGER imported_baselines_erased AFTER UPDATE ON erasure
FOR EACH ROW WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL) EXECUTE FUNCTION erase_from_imported_baselines();
