-- Sets what gains of players count from in a season; null removes it. Standings are then as if it had been there from the start:
-- the versions of the players grow, so that nothing that is still on its way to Redis takes the place of what is read now.
-- Answers a row for each player whose baseline has changed, with the one before; and one for the open window of the season, if
-- there is one, with the number under which it is marked as stale in Redis.
CREATE FUNCTION set_baselines(
    in_board integer, in_key bigint, in_season text, players text[], baselines text[], at timestamptz, in_reason text,
    in_author text, in_revision integer)
RETURNS TABLE (player_id text, previous bigint[], window_key bigint, stale bigint)
LANGUAGE plpgsql
SET transaction_timeout = '30s' AS $$
#variable_conflict use_column
DECLARE
    -- the open window of the season, and whether there are only closed ones
    running bigint;
    closed boolean;
    changed text[];
    beyond integer;
    mark bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
BEGIN
    -- Nobody closes a window meanwhile; and no event is being written, since each reads the baseline of its player.
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM pg_advisory_xact_lock(76, in_board);
    IF NOT EXISTS (SELECT FROM board b WHERE b.id = in_board AND b.revision = in_revision AND b.deleted_at IS NULL) THEN
        RAISE EXCEPTION 'the board has changed' USING ERRCODE = 'LB001';
    END IF;
    SELECT max(w.window_key) FILTER (WHERE w.state = 'OPEN'), count(*) > 0 AND bool_and(w.state <> 'OPEN')
    INTO running, closed
    FROM board_window w WHERE w.board_id = in_board AND w.period = 6 AND (w.window_key & -1024) = in_key;
    IF closed THEN
        RAISE EXCEPTION 'the season is closed' USING ERRCODE = 'LB015';
    END IF;

    RETURN QUERY
    SELECT t.player, l.amounts, NULL::bigint, NULL::bigint
    FROM unnest(players, baselines) AS t(player, amounts)
    LEFT JOIN season_baseline l ON l.board_id = in_board AND l.season_key = in_key AND l.player_id = t.player
    WHERE l.amounts IS DISTINCT FROM t.amounts::bigint[];
    IF NOT FOUND THEN
        RETURN;
    END IF;
    changed := ARRAY(
        SELECT t.player FROM unnest(players, baselines) AS t(player, amounts)
        LEFT JOIN season_baseline l ON l.board_id = in_board AND l.season_key = in_key AND l.player_id = t.player
        WHERE l.amounts IS DISTINCT FROM t.amounts::bigint[]);
    DELETE FROM season_baseline l USING unnest(players, baselines) AS t(player, amounts)
    WHERE l.board_id = in_board AND l.season_key = in_key AND l.player_id = t.player AND t.amounts IS NULL;
    INSERT INTO season_baseline AS l (tenant_id, board_id, season_key, player_id, amounts, changed_at)
    SELECT (SELECT b.tenant_id FROM board b WHERE b.id = in_board), in_board, in_key, t.player, t.amounts::bigint[], at
    FROM unnest(players, baselines) AS t(player, amounts)
    WHERE t.amounts IS NOT NULL AND t.player = ANY (changed)
    ORDER BY t.player
    ON CONFLICT (board_id, season_key, player_id) DO UPDATE SET
        amounts = excluded.amounts, changed_at = excluded.changed_at;

    beyond := derived_beyond(in_board, changed, 1);
    IF beyond IS NOT NULL THEN
        RAISE EXCEPTION 'metric % would leave the exact range', beyond USING ERRCODE = 'LB014';
    END IF;
    UPDATE standing s SET version = s.version + 1 WHERE s.board_id = in_board AND s.player_id = ANY (changed);
    -- An import has one entry for all its steps.
    INSERT INTO admin_log (at, action, board_id, window_id, author, reason)
    SELECT at, 'BASELINE', in_board, in_season, in_author, in_reason WHERE in_author IS NOT NULL;
    IF running IS NOT NULL THEN
        RETURN QUERY SELECT NULL::text, NULL::bigint[], running, mark_stale(in_board, 6::smallint, running, mark);
    END IF;
END $$;
