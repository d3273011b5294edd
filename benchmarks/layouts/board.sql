-- One board with a window of each period; events add. Its id is 1.
INSERT INTO board (name, title, operator, sort_order, periods, zone, week_start, rank_mode, decimals, min_score,
    max_score, lateness_ms, revision, created_at, updated_at)
VALUES ('layouts', 'Layouts', 'SUM', 'DESC', 'DAILY,WEEKLY,MONTHLY,YEARLY,ALL_TIME', 'UTC', 'MONDAY', 'COMPETITION', 0,
    0, 1000, 0, 1, now(), now());

INSERT INTO board_window (board_id, period, window_key, window_id, state, opened_at)
SELECT 1, period, extract(epoch FROM date_trunc(unit, now(), 'UTC'))::bigint * 1000 * 1024, unit, 'OPEN', now()
FROM (VALUES (1, 'day'), (2, 'week'), (3, 'month'), (4, 'year'), (5, 'millennium')) AS p(period, unit);
