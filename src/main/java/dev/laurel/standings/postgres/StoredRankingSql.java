package dev.laurel.standings.postgres;

import dev.laurel.standings.rank.SqlSource;
import dev.laurel.standings.rank.SqlSource.MetricJoin;

/**
 * The statements that read rankings with stored places: the archive, and the snapshots of frozen boards. Players who take
 * no rank anywhere are not shown, and the places of the others stay as they are stored: `shown` has the standings without
 * those players, `final` all.
 */
record StoredRankingSql(
        String page,
        String after,
        String around,
        String within,
        String place,
        String quantiles,
        String select,
        String live,
        String metric) {
    /**
     * $1 board, $2 period, $3 window, $4 metric, $5 freeze, 0 for none; column 0 is the same in every row: players, by a
     * further metric those who have a value of it; 1 to 6 are the entries.
     */
    private static final String HEAD = """
            WITH head AS (SELECT coalesce(CASE $4::smallint WHEN 0 THEN
                             (SELECT players FROM {windows}
                              WHERE board_id = $1 AND period = $2 AND window_key = $3 AND {freeze} = $5)
                             ELSE (SELECT max(position) FROM {standings}
                                   WHERE board_id = $1 AND {freeze} = $5 AND period = $2 AND window_key = $3 AND metric = $4)
                             END, 0) AS players),
            final AS NOT MATERIALIZED (
                      SELECT * FROM {standings}
                      WHERE board_id = $1 AND {freeze} = $5 AND period = $2 AND window_key = $3 AND metric = $4),
            shown AS NOT MATERIALIZED (
                      SELECT * FROM final f
                      WHERE NOT EXISTS (SELECT FROM unranked_player o
                                        WHERE o.player_id = f.player_id AND o.tenant_id = f.tenant_id))
            """;

    private static final String ENTRIES =
            "SELECT head.players, page.position - 1, page.better, page.rank, page.player_id, page.score, page.reached_at";

    /** Where all are shown, the offset is a place, and nobody before it has to be counted. */
    private static final String PAGE = HEAD + """
            , gaps AS (SELECT EXISTS (SELECT FROM unranked_player o JOIN final f
                                      ON f.player_id = o.player_id AND f.tenant_id = o.tenant_id) AS found)
            """ + ENTRIES + """
             FROM head LEFT JOIN (
                SELECT * FROM shown WHERE position > CASE WHEN (SELECT found FROM gaps) THEN 0 ELSE $6::bigint END
                ORDER BY position OFFSET CASE WHEN (SELECT found FROM gaps) THEN $6::bigint ELSE 0 END LIMIT $7) page
            ON true ORDER BY page.position""";

    private static final String AFTER = HEAD + ENTRIES + """
             FROM head LEFT JOIN (
                -- The place is nearly always somebody's, whose position is known; else it is counted.
                SELECT * FROM shown
                WHERE position > coalesce(
                    (SELECT f.position FROM final f WHERE f.player_id = $10::text
                       AND f.score * $6::bigint = $8::bigint AND f.reached_at * $7::bigint = $9::bigint),
                    (SELECT count(*) FROM final f
                     WHERE (f.score * $6::bigint, f.reached_at * $7::bigint, f.player_id) <= ($8::bigint, $9::bigint, $10::text)))
                ORDER BY position LIMIT $11) page ON true
            ORDER BY page.position""";

    private static final String AROUND = HEAD + ENTRIES + """
            , own.position - 1, own.better,
                -- who has the same score stand in a row: as far as to the first worse one
                coalesce((SELECT n.position - 1 FROM {standings} n
                          WHERE n.board_id = $1 AND {freeze} = $5 AND n.period = $2 AND n.window_key = $3
                            AND n.metric = $4 AND n.position > own.position AND n.better > own.better
                          ORDER BY n.position LIMIT 1), head.players) - own.better
            FROM head LEFT JOIN shown own ON own.player_id = $6
            LEFT JOIN LATERAL (
                (SELECT * FROM shown b WHERE b.position < own.position ORDER BY b.position DESC LIMIT $7::int)
                UNION ALL
                (SELECT * FROM shown a WHERE a.position >= own.position ORDER BY a.position LIMIT $7::int + 1)) page
            ON true ORDER BY page.position""";

    private static final String WITHIN = HEAD + ENTRIES + """
            , (SELECT count(*) FROM shown WHERE score * $6::bigint BETWEEN $7 AND $8),
                (SELECT count(*) FROM final WHERE score * $6::bigint < $7) + $9::bigint
            FROM head LEFT JOIN (
                SELECT * FROM shown WHERE score * $6::bigint BETWEEN $7 AND $8 ORDER BY position OFFSET $9 LIMIT $10) page
            ON true ORDER BY page.position""";

    private static final String PLACE = HEAD + """
            SELECT head.players, (SELECT count(*) FROM final WHERE score * $6::bigint < $7),
                (SELECT count(*) FROM final WHERE score * $6::bigint = $7),
                (SELECT count(DISTINCT score) FROM final WHERE score * $6::bigint < $7)
            FROM head""";

    private static final String QUANTILES = HEAD + ENTRIES + """
             FROM head CROSS JOIN unnest($6::integer[]) WITH ORDINALITY AS wanted(share, n)
            LEFT JOIN final page
                ON page.position = head.players - greatest(1, (wanted.share * head.players + 9999) / 10000) + 1
            ORDER BY wanted.n""";

    private static final String SELECT = HEAD + ENTRIES
            + " FROM head LEFT JOIN shown page ON page.player_id = ANY ($6::text[]) ORDER BY page.position";

    /** $6 direction of the sort key, $7 direction of time in a tie; see {@link SqlSource#over}. */
    private static final String LIVE = HEAD + """
            , live AS (SELECT player_id, score * $6::bigint AS sort, reached_at * $7::bigint AS tie, reached_at AS at
                       FROM shown)
            """;

    /** Names all parameters, so that PostgreSQL knows their types. */
    private static final String HEAD_OF_JOIN =
            "WITH head AS (SELECT $1::integer, $2::smallint, $3::bigint, $4::smallint, $5::integer, $6::bigint, $7::bigint)\n";

    /** As above for the standings by one metric, $4 apart; the places are those of all who are stored. */
    private static final String METRIC = """
            , placed%1$d AS (
                SELECT f.player_id, f.score * $6::bigint AS sort, f.reached_at * $7::bigint AS tie, f.reached_at AS at,
                    f.rank, f.percentile
                FROM (SELECT s.*, {percentile} AS percentile
                      FROM (SELECT m.*, count(*) OVER (PARTITION BY m.score) AS equal, count(*) OVER () AS total
                            FROM {standings} m
                            WHERE m.board_id = $1 AND {freeze} = $5 AND m.period = $2 AND m.window_key = $3
                              AND m.metric = %1$d) s) f
                WHERE NOT EXISTS (SELECT FROM unranked_player o
                                  WHERE o.player_id = f.player_id AND o.tenant_id = f.tenant_id)
            ), by%1$d AS NOT MATERIALIZED (
                SELECT f.player_id, f.score * $6::bigint AS sort, f.reached_at * $7::bigint AS tie, f.reached_at AS at
                FROM {standings} f
                WHERE f.board_id = $1 AND {freeze} = $5 AND f.period = $2 AND f.window_key = $3 AND f.metric = %1$d
                  AND NOT EXISTS (SELECT FROM unranked_player o
                                  WHERE o.player_id = f.player_id AND o.tenant_id = f.tenant_id)
            )
            """.replace("{percentile}", MetricJoinSql.PERCENTILE);

    /** A statement of others over the standings by several metrics. */
    String joined(MetricJoin join) {
        StringBuilder metrics = new StringBuilder(HEAD_OF_JOIN);
        join.metrics().forEach(number -> metrics.append(metric.formatted(number)));
        return metrics + join.statement() + "\nSELECT 'CLOSED', answer.* FROM answer ORDER BY answer.n";
    }

    /** A statement of others over the standings. */
    String over(String statement) {
        return live + statement + "\nSELECT 'CLOSED', answer.* FROM answer ORDER BY answer.n";
    }

    /** Final rankings of closed windows. */
    static StoredRankingSql ofArchive() {
        return of("board_window", "final_standing", "0");
    }

    /** Rankings as they were when their board was frozen. */
    static StoredRankingSql ofPictures() {
        return of("frozen_window", "frozen_standing", "freeze_no");
    }

    private static StoredRankingSql of(String windows, String standings, String freeze) {
        Tables tables = new Tables(windows, standings, freeze);
        return new StoredRankingSql(
                tables.fill(PAGE),
                tables.fill(AFTER),
                tables.fill(AROUND),
                tables.fill(WITHIN),
                tables.fill(PLACE),
                tables.fill(QUANTILES),
                tables.fill(SELECT),
                tables.fill(LIVE),
                tables.fill(METRIC));
    }

    /** The tables of the rankings, and the condition that selects the freeze of a row. */
    private record Tables(String windows, String standings, String freeze) {
        String fill(String statement) {
            return statement
                    .replace("{windows}", windows)
                    .replace("{standings}", standings)
                    .replace("{freeze}", freeze);
        }
    }
}
