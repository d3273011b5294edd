-- Baselines of large imports. Their window is loaded once, at the end of the import or of its undo, as windows of events are; it is
-- noted for that with the import. Until then it stays readable, and shows what it showed before: nothing of it is acknowledged.

-- Takes back the mark of a step, in the transaction that has made it, so that nobody has seen it. A window that was stale
-- before has a negative mark, and stays stale.
CREATE FUNCTION note_running_season(in_import bigint, in_board integer, in_key bigint, mark bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO import_window (import_no, period, window_key, archived) VALUES (in_import, 6, in_key, false)
    ON CONFLICT (import_no, period, window_key) DO NOTHING;
    DELETE FROM stale_window s
    WHERE s.board_id = in_board AND s.period = 6 AND s.window_key = in_key AND s.marks = mark;
END $$;

-- As import_baselines, for a step of a large import.
CREATE FUNCTION import_many_baselines(
    in_import bigint, in_board integer, in_key bigint, in_season text, players text[], baselines text[], at timestamptz,
    in_revision integer, in_closed boolean)
RETURNS TABLE (player_id text, previous bigint[], window_key bigint, stale bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    own record;
BEGIN
    FOR own IN SELECT * FROM import_baselines(
                   in_import, in_board, in_key, in_season, players, baselines, at, in_revision, in_closed) LOOP
        IF own.player_id IS NULL THEN
            PERFORM note_running_season(in_import, in_board, own.window_key, own.stale);
        ELSE
            RETURN QUERY SELECT own.player_id, own.previous, NULL::bigint, NULL::bigint;
        END IF;
    END LOOP;
END $$;

-- As undo_import_baselines, for a step of the undo of a large import.
CREATE FUNCTION undo_import_of_many_baselines(
    in_import bigint, in_board integer, in_key bigint, in_season text, most integer, at timestamptz, in_revision integer)
RETURNS TABLE (player_id text, previous bigint[], window_key bigint, stale bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    own record;
BEGIN
    FOR own IN SELECT * FROM undo_import_baselines(in_import, in_board, in_key, in_season, most, at, in_revision) LOOP
        IF own.player_id IS NULL THEN
            PERFORM note_running_season(in_import, in_board, own.window_key, own.stale);
        ELSE
            RETURN QUERY SELECT own.player_id, own.previous, NULL::bigint, NULL::bigint;
        END IF;
    END LOOP;
END $$;
