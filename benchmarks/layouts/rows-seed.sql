-- One standing in each of the five windows for each of :players players, player by player, in order of arrival.
INSERT INTO standing_row
SELECT 1, w.period, w.window_key, 'p' || lpad(n::text, 12, '0'), 1, s, at
FROM (SELECT n, floor(random() * 10000)::bigint AS s, extract(epoch FROM now())::bigint * 1000 - n % 60000 AS at
      FROM generate_series(0, :players - 1) AS n ORDER BY n) AS player
CROSS JOIN board_window w;
