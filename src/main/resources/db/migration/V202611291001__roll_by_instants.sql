-- The standings over the days of a rolling window, [in_from, in_to) in window keys, by one metric; of chosen players, or of
-- all for null. A day in which a player is disqualified does not count. Each day's standing is taken as one submission: days
-- are added up, the best of them counts, or the latest does. A sum beyond the exact range of scores is shown as its bound.
--
-- Sums were reached when the latest day that changed them was, or with the first of days that added nothing; the best and
-- the latest day when that day's was.
CREATE OR REPLACE FUNCTION rolling_scores(
    in_board integer, in_from bigint, in_to bigint, in_metric smallint, in_players text[])
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
                    coalesce(max(d.reached_at) FILTER (WHERE NOT d.idle), min(d.reached_at))
             FROM day d GROUP BY d.player_id'
        WHEN 'BEST' THEN format(
            'SELECT DISTINCT ON (d.player_id) d.player_id, d.score, d.reached_at
             FROM day d ORDER BY d.player_id, d.first_score %s, d.day', definition.sort_order)
        ELSE
            'SELECT DISTINCT ON (d.player_id) d.player_id, d.score, d.reached_at
             FROM day d ORDER BY d.player_id, d.day DESC' END;
    RETURN QUERY EXECUTE format(
        'WITH day AS (
             SELECT x.player_id, x.d_window AS day, x.d_score AS first_score, %1$s AS score, %2$s AS reached_at,
                 is_idle(x.d_idle, $5) AS idle
             FROM standing x WHERE x.board_id = $1 AND x.d_window = ANY ($2) %3$s
               AND NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = $1 AND q.period = 1
                               AND q.window_key = x.d_window AND q.player_id = x.player_id)
             UNION ALL
             SELECT x.player_id, x.window_key, x.score, %4$s, %5$s, is_idle(x.idle, $5)
             FROM window_standing x WHERE x.board_id = $1 AND x.period = 1 AND x.window_key = ANY ($2) %3$s
               AND NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = $1 AND q.period = 1
                               AND q.window_key = x.window_key AND q.player_id = x.player_id)
             UNION ALL
             SELECT x.player_id, x.window_key, %6$s, x.score, x.reached_at, coalesce(x.idle, false)
             FROM final_standing x WHERE x.board_id = $1 AND x.period = 1 AND x.window_key = ANY ($3) AND x.metric = $5 %3$s)
         %7$s', own_score, own_at, chosen, past_score, past_at, final_first, combined)
    USING in_board, running, closed, in_players, in_metric::integer;
END $$;
