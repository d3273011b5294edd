-- What administrators have corrected by hand: an adjustment is a score event with a reason, and can be undone.
CREATE TABLE adjustment (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    board_id   integer     NOT NULL,
    player_id  text        NOT NULL COLLATE "C",
    -- what was added, or put in place of the standing, for each metric
    scores     bigint[]    NOT NULL,
    reason     text        NOT NULL,
    author     text        NOT NULL,
    created_at timestamptz NOT NULL,
    -- list of {period, key, window, before}: the windows it went to, each with the player's scores before it as
    -- [score, instant, score, instant]; null without a standing
    windows    text        NOT NULL,
    -- null when the process ended before it knew
    applied_at timestamptz,
    undone_at  timestamptz,
    undone_by  text
);
-- serves: the adjustments of a board, or of one player of it, the newest first
CREATE INDEX adjustment_board ON adjustment (board_id, id DESC);
CREATE INDEX adjustment_player ON adjustment (board_id, player_id, id DESC);

-- Every change an administrator has made, and why.
CREATE TABLE admin_log (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL,
    action    text        NOT NULL,
    board_id  integer,
    player_id text        COLLATE "C",
    window_id text,
    author    text        NOT NULL,
    reason    text        NOT NULL
);
-- serves: what was done on one board, the newest first
CREATE INDEX admin_log_board ON admin_log (board_id, id DESC);

-- What a player has in a window that is not closed, whether or not disqualified in it: score and instant of each metric, one
-- after the other; null without a standing.
CREATE FUNCTION player_scores(in_board integer, in_period smallint, in_key bigint, in_player text) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    slot text := substr('dwmyas', in_period, 1);
    found_scores bigint[];
BEGIN
    EXECUTE format(
        'SELECT ARRAY[s.%1$s_score, s.%1$s_at] || s.%1$s_more FROM standing s
         WHERE s.board_id = $1 AND s.player_id = $4 AND s.%1$s_window = $3
         UNION ALL
         SELECT ARRAY[w.score, w.reached_at] || w.more FROM window_standing w
         WHERE w.board_id = $1 AND w.period = $2 AND w.window_key = $3 AND w.player_id = $4', slot)
    INTO found_scores USING in_board, in_period, in_key, in_player;
    RETURN found_scores;
END $$;

-- Ranks the archive of a window anew, with or without one player: `barring` moves the player's scores out of it, otherwise
-- they come back. Those below move up or down.
CREATE FUNCTION rerank_archive(in_board integer, in_period smallint, in_key bigint, in_player text, barring boolean)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    counted bigint;
BEGIN
    SELECT * INTO definition FROM board WHERE id = in_board;
    IF barring THEN
        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at)
        SELECT f.board_id, f.period, f.window_key, f.metric, f.player_id, f.score, f.reached_at FROM final_standing f
        WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.player_id = in_player;
    END IF;
    FOR by_metric IN 0 .. cardinality(string_to_array(definition.metrics, ',')) - 1 LOOP
        WITH gone AS (
            DELETE FROM final_standing f
            WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.metric = by_metric
            RETURNING f.player_id, f.score, f.reached_at),
        back AS (
            DELETE FROM barred_standing b
            WHERE NOT barring AND b.board_id = in_board AND b.period = in_period AND b.window_key = in_key
              AND b.metric = by_metric AND b.player_id = in_player
            RETURNING b.player_id, b.score, b.reached_at)
        INSERT INTO final_standing (board_id, period, window_key, metric, position, better, rank, player_id, score, reached_at)
        SELECT in_board, in_period, in_key, by_metric, r.position, r.better,
            CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better + 1 END,
            r.player_id, r.score, r.reached_at
        FROM (SELECT s.*,
                     row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C")
                         AS position,
                     rank() OVER (ORDER BY s.score * d.direction) - 1 AS better,
                     dense_rank() OVER (ORDER BY s.score * d.direction) AS dense
              FROM (SELECT * FROM gone WHERE NOT barring OR gone.player_id <> in_player UNION ALL SELECT * FROM back) s
              CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                                 CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d
             ) r;
        GET DIAGNOSTICS counted = ROW_COUNT;
    END LOOP;
    UPDATE board_window SET players = counted
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN counted;
END $$;

-- Takes a player out of the ranking of a window, or lets the player back in. Answers the state of the window, after which
-- the ranking is right in PostgreSQL; null when nothing has changed: the player was out, or in, before.
CREATE FUNCTION change_disqualification(
    in_board integer, in_period smallint, in_key bigint, in_window text, in_player text, barring boolean,
    in_reason text, in_author text, at timestamptz)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    state_now text;
BEGIN
    -- Nobody closes the window; and unless that has been done, no batch of events is under way. The archive may take long to
    -- rank, and no event waits for that.
    PERFORM pg_advisory_xact_lock(77, in_board);
    IF 'CLOSED' IS DISTINCT FROM (SELECT w.state FROM board_window w
                                  WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key) THEN
        PERFORM pg_advisory_xact_lock(76, in_board);
    END IF;
    SELECT w.state INTO state_now FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key FOR UPDATE;
    IF barring THEN
        INSERT INTO disqualification (board_id, period, window_key, player_id, reason, author, created_at)
        VALUES (in_board, in_period, in_key, in_player, in_reason, in_author, at)
        ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM disqualification q
        WHERE q.board_id = in_board AND q.period = in_period AND q.window_key = in_key AND q.player_id = in_player;
    END IF;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    INSERT INTO admin_log (at, action, board_id, player_id, window_id, author, reason)
    VALUES (at, CASE WHEN barring THEN 'DISQUALIFY' ELSE 'REINSTATE' END, in_board, in_player, in_window, in_author, in_reason);
    IF state_now = 'CLOSED' AND (
            EXISTS (SELECT FROM final_standing f WHERE f.board_id = in_board AND f.player_id = in_player
                    AND f.period = in_period AND f.window_key = in_key)
            OR EXISTS (SELECT FROM barred_standing s WHERE s.board_id = in_board AND s.period = in_period
                       AND s.window_key = in_key AND s.player_id = in_player)) THEN
        PERFORM rerank_archive(in_board, in_period, in_key, in_player, barring);
    END IF;
    RETURN state_now;
END $$;
