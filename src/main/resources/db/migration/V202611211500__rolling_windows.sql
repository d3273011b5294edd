-- The standings over the days of a rolling window, [in_from, in_to) in window keys, by one metric; of chosen players, or of
-- all for null. A day in which a player is disqualified does not count. Each day's standing is taken as one submission: days
-- are added up, the best of them counts, or the latest does. A sum beyond the exact range of scores is shown as its bound.
--
-- Scores were reached when the latest day that changed the sum was; with the best or the latest day, when that day's was.
CREATE FUNCTION rolling_scores(in_board integer, in_from bigint, in_to bigint, in_metric smallint, in_players text[])
RETURNS TABLE (player_id text, score bigint, reached_at bigint)
LANGUAGE plpgsql STABLE ROWS 100000 AS $$
DECLARE
    definition board;
    closed bigint[];
    running bigint[];
    chosen text := CASE WHEN in_players IS NULL THEN '' ELSE ' AND x.player_id = ANY ($4)' END;
    own_score text := CASE in_metric WHEN 0 THEN 'x.d_score' ELSE format('x.d_more[%s]', 2 * in_metric - 1) END;
    own_at text := CASE in_metric WHEN 0 THEN 'x.d_at' ELSE format('x.d_more[%s]', 2 * in_metric) END;
    past_score text := CASE in_metric WHEN 0 THEN 'x.score' ELSE format('x.more[%s]', 2 * in_metric - 1) END;
    past_at text := CASE in_metric WHEN 0 THEN 'x.reached_at' ELSE format('x.more[%s]', 2 * in_metric) END;
    -- with the best, a submission is kept as a whole by its first metric
    final_first text := 'x.score';
    combined text;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_board;
    SELECT array_agg(w.window_key) FILTER (WHERE w.state = 'CLOSED'), array_agg(w.window_key) FILTER (WHERE w.state <> 'CLOSED')
    INTO closed, running FROM board_window w
    WHERE w.board_id = in_board AND w.period = 1 AND w.window_key >= in_from AND w.window_key < in_to;

    IF definition.operator = 'BEST' AND in_metric > 0 THEN
        final_first := '(SELECT z.score FROM final_standing z WHERE z.board_id = $1 AND z.player_id = x.player_id
                         AND z.period = 1 AND z.window_key = x.window_key AND z.metric = 0)';
    END IF;
    combined := CASE definition.operator
        WHEN 'SUM' THEN
            'SELECT d.player_id, greatest(-9007199254740991, least(9007199254740991, sum(d.score)))::bigint,
                    coalesce(max(d.reached_at) FILTER (WHERE d.score <> 0), min(d.reached_at))
             FROM day d GROUP BY d.player_id'
        WHEN 'BEST' THEN format(
            'SELECT DISTINCT ON (d.player_id) d.player_id, d.score, d.reached_at
             FROM day d ORDER BY d.player_id, d.first_score %s, d.day', definition.sort_order)
        ELSE
            'SELECT DISTINCT ON (d.player_id) d.player_id, d.score, d.reached_at
             FROM day d ORDER BY d.player_id, d.day DESC' END;
    RETURN QUERY EXECUTE format(
        'WITH day AS (
             SELECT x.player_id, x.d_window AS day, x.d_score AS first_score, %1$s AS score, %2$s AS reached_at
             FROM standing x WHERE x.board_id = $1 AND x.d_window = ANY ($2) %3$s
               AND NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = $1 AND q.period = 1
                               AND q.window_key = x.d_window AND q.player_id = x.player_id)
             UNION ALL
             SELECT x.player_id, x.window_key, x.score, %4$s, %5$s
             FROM window_standing x WHERE x.board_id = $1 AND x.period = 1 AND x.window_key = ANY ($2) %3$s
               AND NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = $1 AND q.period = 1
                               AND q.window_key = x.window_key AND q.player_id = x.player_id)
             UNION ALL
             SELECT x.player_id, x.window_key, %6$s, x.score, x.reached_at
             FROM final_standing x WHERE x.board_id = $1 AND x.period = 1 AND x.window_key = ANY ($3) AND x.metric = $5 %3$s)
         %7$s', own_score, own_at, chosen, past_score, past_at, final_first, combined)
    USING in_board, running, closed, in_players, in_metric;
END $$;

-- The next players with a score in those days, in the order of their ids by bytes: those of each day, as many as are wanted.
CREATE FUNCTION rolling_players(in_board integer, in_from bigint, in_to bigint, in_after text, in_limit bigint)
RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT DISTINCT p.player_id FROM board_window d
    CROSS JOIN LATERAL (
        (SELECT s.player_id FROM standing s
         WHERE s.board_id = in_board AND s.d_window = d.window_key AND s.player_id > in_after
         ORDER BY s.player_id LIMIT in_limit)
        UNION ALL
        (SELECT w.player_id FROM window_standing w
         WHERE w.board_id = in_board AND w.period = 1 AND w.window_key = d.window_key AND w.player_id > in_after
         ORDER BY w.player_id LIMIT in_limit)) p
    WHERE d.board_id = in_board AND d.period = 1 AND d.window_key >= in_from AND d.window_key < in_to
      AND d.state <> 'CLOSED'
    UNION
    (SELECT DISTINCT f.player_id FROM final_standing f
     WHERE f.board_id = in_board AND f.period = 1 AND f.window_key >= in_from AND f.window_key < in_to
       AND f.metric = 0 AND f.player_id > in_after
     ORDER BY f.player_id LIMIT in_limit)
    ORDER BY 1 LIMIT in_limit
$$;

-- The standings as they are carried to Redis, with the version of the player: of all.
CREATE FUNCTION rolling_standings(in_board integer, in_from bigint, in_to bigint, in_metric smallint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, version bigint)
LANGUAGE sql STABLE ROWS 100000 AS $$
    SELECT r.player_id, r.score, r.reached_at, s.version
    FROM standing s JOIN rolling_scores(in_board, in_from, in_to, in_metric, NULL) r ON r.player_id = s.player_id
    WHERE s.board_id = in_board
$$;

-- As above, of chosen players.
CREATE FUNCTION rolling_standings(in_board integer, in_from bigint, in_to bigint, in_metric smallint, in_players text[])
RETURNS TABLE (player_id text, score bigint, reached_at bigint, version bigint)
LANGUAGE sql STABLE AS $$
    SELECT r.player_id, r.score, r.reached_at, s.version
    FROM standing s JOIN rolling_scores(in_board, in_from, in_to, in_metric, in_players) r ON r.player_id = s.player_id
    WHERE s.board_id = in_board AND s.player_id = ANY (in_players)
$$;

-- Whether days of a window have been removed at the end of their retention.
CREATE FUNCTION rolling_days_expired(in_board integer, in_from bigint, in_to bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM board_window w
                   WHERE w.board_id = in_board AND w.period = 1 AND w.window_key >= in_from AND w.window_key < in_to
                     AND w.expired_at IS NOT NULL)
$$;
