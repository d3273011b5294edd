-- One standing in all five windows for each of :players players.
INSERT INTO standing
SELECT 1, 'p' || lpad(n::text, 12, '0'), 1, w.d, s, at, w.w, s, at, w.m, s, at, w.y, s, at, w.a, s, at
FROM (SELECT n, floor(random() * 10000)::bigint AS s, extract(epoch FROM now())::bigint * 1000 - n % 60000 AS at
      FROM generate_series(0, :players - 1) AS n ORDER BY n) AS player,
    (SELECT max(window_key) FILTER (WHERE period = 1) AS d, max(window_key) FILTER (WHERE period = 2) AS w,
        max(window_key) FILTER (WHERE period = 3) AS m, max(window_key) FILTER (WHERE period = 4) AS y,
        max(window_key) FILTER (WHERE period = 5) AS a
     FROM board_window) AS w;
