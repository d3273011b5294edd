, own AS (SELECT * FROM live WHERE player_id = 'p' || lpad(:player::text, 12, '0'))
SELECT own.*, (SELECT count(*) FROM live),
    (SELECT count(*) FROM live l WHERE (l.sort, l.at, l.player_id) < (own.sort, own.at, own.player_id)),
    (SELECT count(*) FROM live l WHERE l.sort < own.sort)
FROM own
