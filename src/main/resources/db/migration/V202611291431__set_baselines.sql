-- Sets what gains of players count from in a season; null removes it. Standings are then as if it had been there from the start:
-- the versions of the players grow, so that nothing that is still on its way to Redis takes the place of what is read now.
-- Baselines of a closed season are refused, unless in_closed: then the caller has its archives ranked again.
-- Answers a row for each player whose baseline has changed, with the one before; and one for the open window of the season, if
-- there is one, with the number under which it is marked as stale in Redis.
CREATE FUNCTION set_baselines(
    in_board integer, in_key bigint, in_season text, players text[], baselines text[], at timestamptz, in_reason text,
    in_author text, in_revision integer, in_closed boolean)
RETURNS TABLE (player_id text, previous bigint[], window_key bigint, stale bigint)
LANGUAGE plpgsql
SET transaction_timeout = '30s' AS $$
#variable_conflict use_column
DECLARE
    -- the open window of the season, and whether there are only closed ones
    running bigint;
    closed boolean;
    -- the players whose baselines change, with those after and before; joined rather than searched, since a plan that is made
    -- for arrays of any size goes through them once for each row
    changed text[];
    after text[];
    before text[];
    beyond integer;
    mark bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
BEGIN
    -- Nobody closes a window meanwhile; and no event is being written, since each reads the baseline of its player. Those of a
    -- closed season are read by none.
    PERFORM pg_advisory_xact_lock(77, in_board);
    SELECT count(*) > 0 AND bool_and(w.state = 'CLOSED') INTO closed
    FROM board_window w WHERE w.board_id = in_board AND w.period = 6 AND (w.window_key & -1024) = in_key;
    IF closed THEN
        PERFORM pg_advisory_xact_lock_shared(76, in_board);
    ELSE
        PERFORM pg_advisory_xact_lock(76, in_board);
    END IF;
    IF NOT EXISTS (SELECT FROM board b WHERE b.id = in_board AND b.revision = in_revision AND b.deleted_at IS NULL) THEN
        RAISE EXCEPTION 'the board has changed' USING ERRCODE = 'LB001';
    END IF;
    IF closed AND NOT in_closed THEN
        RAISE EXCEPTION 'the season is closed' USING ERRCODE = 'LB015';
    END IF;
    IF NOT closed THEN
        SELECT max(w.window_key) FILTER (WHERE w.state = 'OPEN'), count(*) > 0 AND bool_and(w.state <> 'OPEN')
        INTO running, closed
        FROM board_window w WHERE w.board_id = in_board AND w.period = 6 AND (w.window_key & -1024) = in_key;
        IF closed THEN
            RAISE EXCEPTION 'the season is being closed' USING ERRCODE = 'LB016';
        END IF;
    END IF;

    SELECT array_agg(t.player ORDER BY t.player), array_agg(t.amounts ORDER BY t.player),
        array_agg(l.amounts::text ORDER BY t.player)
    INTO changed, after, before
    FROM unnest(players, baselines) AS t(player, amounts)
    LEFT JOIN season_baseline l ON l.board_id = in_board AND l.season_key = in_key AND l.player_id = t.player
    WHERE l.amounts IS DISTINCT FROM t.amounts::bigint[];
    IF changed IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT t.player, t.amounts::bigint[], NULL::bigint, NULL::bigint FROM unnest(changed, before) AS t(player, amounts);
    DELETE FROM season_baseline l USING unnest(changed, after) AS t(player, amounts)
    WHERE l.board_id = in_board AND l.season_key = in_key AND l.player_id = t.player AND t.amounts IS NULL;
    INSERT INTO season_baseline AS l (tenant_id, board_id, season_key, player_id, amounts, changed_at)
    SELECT (SELECT b.tenant_id FROM board b WHERE b.id = in_board), in_board, in_key, t.player, t.amounts::bigint[], at
    FROM unnest(changed, after) AS t(player, amounts)
    WHERE t.amounts IS NOT NULL
    ORDER BY t.player
    ON CONFLICT (board_id, season_key, player_id) DO UPDATE SET
        amounts = excluded.amounts, changed_at = excluded.changed_at;
    -- An import has one entry for all its steps.
    INSERT INTO admin_log (at, action, board_id, window_id, author, reason)
    SELECT at, 'BASELINE', in_board, in_season, in_author, in_reason WHERE in_author IS NOT NULL;
    IF closed THEN
        RETURN;
    END IF;

    beyond := derived_beyond(in_board, changed, 1);
    IF beyond IS NOT NULL THEN
        RAISE EXCEPTION 'metric % would leave the exact range', beyond USING ERRCODE = 'LB014';
    END IF;
    UPDATE standing s SET version = s.version + 1 FROM unnest(changed) AS t(player)
    WHERE s.board_id = in_board AND s.player_id = t.player;
    IF running IS NOT NULL THEN
        RETURN QUERY SELECT NULL::text, NULL::bigint[], running, mark_stale(in_board, 6::smallint, running, mark);
    END IF;
END $$;

-- The same for a season that may be closed: then its archives are ranked again with the gains that follow, and closed once more
-- for those that follow closings, under new numbers.
CREATE FUNCTION set_closed_baselines(
    in_board integer, in_key bigint, in_season text, players text[], baselines text[], at timestamptz, in_reason text,
    in_author text, in_revision integer)
RETURNS TABLE (player_id text, previous bigint[], window_key bigint, stale bigint)
LANGUAGE plpgsql
SET transaction_timeout = '110s' AS $$
#variable_conflict use_column
DECLARE
    own board_window;
BEGIN
    PERFORM pg_advisory_xact_lock(77, in_board);
    PERFORM require_no_fill(in_board);
    RETURN QUERY
    SELECT * FROM set_baselines(
        in_board, in_key, in_season, players, baselines, at, in_reason, in_author, in_revision, true);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    FOR own IN SELECT * FROM board_window w
               WHERE w.board_id = in_board AND w.period = 6 AND (w.window_key & -1024) = in_key
                 AND w.state = 'CLOSED' AND w.expired_at IS NULL
                 AND NOT EXISTS (SELECT FROM board_window o WHERE o.board_id = in_board AND o.period = 6
                                 AND (o.window_key & -1024) = in_key AND o.state <> 'CLOSED')
               ORDER BY w.window_key FOR UPDATE LOOP
        PERFORM archive_counted(own);
        WITH one AS (UPDATE board SET closings = closings + 1 WHERE id = in_board RETURNING closings)
        UPDATE board_window w SET closing_no = (SELECT closings FROM one)
        WHERE w.board_id = in_board AND w.period = 6 AND w.window_key = own.window_key;
    END LOOP;
END $$;
