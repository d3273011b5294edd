-- A check of some players reads the standings of these alone. It went through all standings of the board for each derived metric, so
-- the 50 steps of an import of 100,000 baselines read 100,000 standings for each of them, 50 times.
CREATE OR REPLACE FUNCTION derived_beyond(in_board integer, in_players text[], from_metric integer) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
DECLARE
    definition board;
    terms numeric[];
    beyond boolean;
    slots text;
    highest_base bigint;
    -- Whose standings are looked at: joined, so that the index finds them. A condition that may also be none goes through all.
    chosen text := CASE WHEN in_players IS NULL THEN '' ELSE ' JOIN unnest($3) AS t(player) ON t.player = %s.player_id' END;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_board;
    IF in_players IS NULL THEN
        highest_base := (
            SELECT max(abs(n.amount)) FROM season_baseline l CROSS JOIN unnest(l.amounts) AS n(amount)
            WHERE l.board_id = in_board);
    ELSE
        -- Joined: a condition on the array would be searched from its start for each of the board's baselines.
        highest_base := (
            SELECT max(abs(n.amount)) FROM unnest(in_players) AS t(player)
            JOIN season_baseline l ON l.tenant_id = definition.tenant_id AND l.player_id = t.player AND l.board_id = in_board
            CROSS JOIN unnest(l.amounts) AS n(amount));
    END IF;
    FOR metric IN greatest(from_metric, 1) .. cardinality(string_to_array(definition.metrics, ',')) - 1 LOOP
        terms := derived_terms(definition.derivations, metric);
        CONTINUE WHEN terms IS NULL;
        -- Only seasons have baselines.
        SELECT string_agg(format(
                   ' OR s.%1$s_window IS NOT NULL AND %2$s > 9e15 AND abs(derived_sum($2, s.%1$s_score, s.%1$s_more, %3$s))
                       > 9007199254740991',
                   p.slot, derived_bound(terms, coalesce(highest_base, 0), 's.' || p.slot || '_score', 's.' || p.slot || '_more'),
                   CASE p.slot WHEN 's' THEN 'baseline_of($1, 6::smallint, s.s_window, s.player_id)' ELSE 'NULL' END), '')
        INTO slots FROM unnest(string_to_array('d,w,m,y,a,s', ',')) AS p(slot);
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM standing s%3$s WHERE s.board_id = $1 AND (false%1$s))
                 OR EXISTS (SELECT FROM board_window o
                            JOIN window_standing w ON w.board_id = o.board_id AND w.period = o.period AND w.window_key = o.window_key%4$s
                            WHERE o.board_id = $1 AND o.state <> ''CLOSED''
                              AND %2$s > 9e15
                              AND abs(derived_sum($2, w.score, w.more, baseline_of($1, w.period, w.window_key, w.player_id)))
                                  > 9007199254740991)',
            slots, derived_bound(terms, coalesce(highest_base, 0), 'w.score', 'w.more'), replace(chosen, '%s', 's'),
            replace(chosen, '%s', 'w'))
        INTO beyond USING in_board, terms, in_players;
        IF beyond THEN
            RETURN metric;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
