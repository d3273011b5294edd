, page AS (SELECT * FROM live ORDER BY sort, at, player_id OFFSET :first LIMIT :limit)
SELECT (SELECT count(*) FROM live), page.* FROM page
