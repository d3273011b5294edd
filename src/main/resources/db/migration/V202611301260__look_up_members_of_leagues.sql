-- The members of a window that has just begun are in no statistics: the planner expects one of them, and read all for each player, which
-- took ten seconds for 2,000 of 9,000. OFFSET 0 keeps each of these conditions a look-up by the player.

-- Enters those whose events the other follower has not seen yet, and those who only have what administrators gave them.
CREATE OR REPLACE FUNCTION enter_ranked(own board, in_window board_window, behind bigint, most bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    last bigint := (
        SELECT max(p.position) FROM (
            SELECT f.position FROM final_standing f
            WHERE f.board_id = own.id AND f.period = in_window.period AND f.window_key = in_window.window_key
              AND f.metric = 0 AND f.position > behind
            ORDER BY f.position LIMIT most) p);
BEGIN
    INSERT INTO league_member (tenant_id, board_id, period, window_key, player_id, tx, received_at)
    SELECT own.tenant_id, own.id, in_window.period, in_window.window_key, f.player_id, pg_current_xact_id(), now()
    FROM final_standing f
    WHERE f.board_id = own.id AND f.period = in_window.period AND f.window_key = in_window.window_key AND f.metric = 0
      AND f.position > behind AND f.position <= last AND f.player_id NOT LIKE chr(1) || '%'
      AND NOT EXISTS (SELECT FROM league_member m
                      WHERE m.board_id = own.id AND m.period = in_window.period AND m.window_key = in_window.window_key
                        AND m.player_id = f.player_id OFFSET 0)
    ORDER BY f.reached_at, f.player_id;
    UPDATE league l SET step = CASE WHEN last IS NULL THEN 'FILL' ELSE 'ENTER' END, place = last
    WHERE l.board_id = own.id AND l.period = in_window.period;
END $$;

-- Enters the players of events into the leagues of their boards, in the windows of the events, each once. Boards without leagues are
-- left out. Players who take no rank enter when they do.
CREATE OR REPLACE FUNCTION enter_leagues(
    boards integer[], players text[], occurred bigint[], numbers bigint[], txs text[], received timestamptz[])
RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    own board;
    own_period smallint;
BEGIN
    FOR own IN
        SELECT b.* FROM board b
        WHERE b.id IN (SELECT DISTINCT unnest(boards)) AND b.leagues IS NOT NULL AND b.deleted_at IS NULL
        ORDER BY b.id
    LOOP
        PERFORM pg_advisory_xact_lock(84, own.id);
        own_period := (own.leagues::jsonb ->> 'period')::smallint;
        -- The first round is the oldest window that still runs, or the one of these events: it may be over by now.
        IF NOT EXISTS (SELECT FROM league l WHERE l.board_id = own.id AND l.period = own_period) THEN
            INSERT INTO league (tenant_id, board_id, period, settled_key)
            SELECT own.tenant_id, own.id, own_period,
                coalesce(min(w.window_key) FILTER (WHERE w.state <> 'CLOSED' OR EXISTS (
                             SELECT FROM unnest(boards, occurred, numbers) AS e(board_id, at, number)
                             WHERE e.board_id = own.id
                               AND (w.start_at IS NULL OR w.start_at <= to_timestamp(e.at / 1000.0))
                               AND (w.end_at IS NULL OR w.end_at > to_timestamp(e.at / 1000.0))
                               AND e.number > coalesce(w.first_event, 0)
                               AND e.number <= coalesce(w.last_event, 9223372036854775807))) - 1,
                         max(w.window_key), -9223372036854775808)
            FROM board_window w WHERE w.board_id = own.id AND w.period = own_period;
        END IF;
        INSERT INTO league_member (tenant_id, board_id, period, window_key, player_id, tx, received_at)
        SELECT own.tenant_id, own.id, own_period, f.window_key, f.player_id, f.tx::xid8, f.received_at
        FROM (SELECT DISTINCT ON (w.window_key, e.player_id) w.window_key, e.player_id, e.tx, e.received_at, e.n
              FROM unnest(boards, players, occurred, numbers, txs, received) WITH ORDINALITY
                   AS e(board_id, player_id, at, number, tx, received_at, n)
              JOIN league l ON l.board_id = own.id AND l.period = own_period
              JOIN board_window w ON w.board_id = own.id AND w.period = own_period
                AND w.window_key > coalesce(l.settling_key, l.settled_key)
                AND (w.start_at IS NULL OR w.start_at <= to_timestamp(e.at / 1000.0))
                AND (w.end_at IS NULL OR w.end_at > to_timestamp(e.at / 1000.0))
                AND e.number > coalesce(w.first_event, 0)
                AND e.number <= coalesce(w.last_event, 9223372036854775807)
              -- Nearly all players are in already.
              WHERE e.board_id = own.id AND e.player_id NOT LIKE chr(1) || '%'
                AND NOT EXISTS (SELECT FROM league_member m
                                WHERE m.board_id = own.id AND m.period = own_period AND m.window_key = w.window_key
                                  AND m.player_id = e.player_id OFFSET 0)
                AND NOT EXISTS (SELECT FROM unranked_player o
                                WHERE o.tenant_id = own.tenant_id AND o.player_id = e.player_id OFFSET 0)
                AND NOT EXISTS (SELECT FROM disqualification q
                                WHERE q.board_id = own.id AND q.period = own_period AND q.window_key = w.window_key
                                  AND q.player_id = e.player_id OFFSET 0)
              ORDER BY w.window_key, e.player_id, e.n) f
        ORDER BY f.n;
        IF FOUND THEN
            PERFORM fill_next_cohorts(own, own_period);
        END IF;
    END LOOP;
END $$;
