-- A process of the version before knows nothing of metrics, tie rules, dense ranks, steps, seasons and disqualified players.
-- Beside this version it goes on with other boards; for these it is refused, and whoever retries meets a newer process.
ALTER FUNCTION apply_scores(integer[], integer[], integer[], smallint[], bigint[], integer[], smallint[], integer[], text[], bigint[], bigint[], text[], bigint[], text[], bigint[], bigint[], bigint[], bigint[], bigint[], boolean) RENAME TO apply_scores_before;

CREATE FUNCTION apply_scores(
    boards integer[], revisions integer[],
    window_boards integer[], window_periods smallint[], window_keys bigint[],
    rounds integer[], rules smallint[], event_boards integer[], players text[], scores bigint[], occurred bigint[],
    event_ids text[], hashes bigint[], attributes text[],
    daily bigint[], weekly bigint[], monthly bigint[], yearly bigint[], all_time bigint[],
    all_or_nothing boolean)
RETURNS TABLE (ord bigint, outcome text, version bigint, new_scores bigint[], new_instants bigint[])
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM board b WHERE b.id = ANY (boards)
               AND (b.metrics LIKE '%,%' OR b.tie_break <> 'EARLIEST' OR b.rank_mode = 'DENSE' OR b.max_step IS NOT NULL
                    OR b.periods LIKE '%SEASON%'
                    OR EXISTS (SELECT FROM disqualification q WHERE q.board_id = b.id))) THEN
        RAISE EXCEPTION 'a board of this batch needs a newer version' USING ERRCODE = 'LB001';
    END IF;
    RETURN QUERY SELECT * FROM apply_scores_before(boards, revisions, window_boards, window_periods, window_keys, rounds, rules, event_boards, players, scores, occurred, event_ids, hashes, attributes, daily, weekly, monthly, yearly, all_time, all_or_nothing);
END $$;

-- When the final rankings of a window were removed, because its board keeps them no longer. The window itself stays, so
-- that it is not opened again.
ALTER TABLE board_window ADD COLUMN expired_at timestamptz;

-- Ends the acceptance of events for a window that is due, and answers its state then. A season whose end has been moved
-- since it was found due stays open.
CREATE FUNCTION begin_due_closing(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(76, in_board);
    UPDATE board_window w SET state = 'CLOSING', closed_by = 'ROLLOVER'
    FROM board b
    WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key AND w.state = 'OPEN'
      AND b.id = in_board AND w.end_at + b.lateness_ms * interval '1 millisecond' <= at;
    RETURN (SELECT w.state FROM board_window w
            WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key);
END $$;
