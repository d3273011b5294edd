package dev.laurel.standings.postgres;

import dev.laurel.standings.rank.SqlSource;

/** The statements that rank a window in PostgreSQL. */
record PostgresRankingSql(
        String page,
        String after,
        String around,
        String within,
        String place,
        String quantiles,
        String select,
        String places) {
    /**
     * The standings of a window: $1 board, $2 window, $3 direction of the sort key, $4 period, $5 direction of time in a
     * tie.
     */
    private static final String STANDINGS = """
                SELECT l.player_id, l.score * $3::bigint AS sort, l.at * $5::bigint AS tie, l.at
                FROM (SELECT s.player_id, %2$s AS score, %3$s AS at
                      FROM standing s%8$s WHERE s.board_id = $1 AND s.%1$s = $2%6$s
                      UNION ALL
                      SELECT w.player_id, %4$s, %5$s
                      FROM window_standing w%9$s WHERE w.board_id = $1 AND w.period = $4 AND w.window_key = $2%7$s) l
                WHERE {takesRank}
            """;

    private static final String STATE = """
                SELECT coalesce((SELECT state FROM board_window
                                 WHERE board_id = $1 AND period = $4 AND window_key = $2), 'OPEN') AS state
            """;

    /** As above for a rolling window: $2 is the key of its first day, and $4 the key after its last one. */
    private static final String ROLLING_STANDINGS = """
                SELECT l.player_id COLLATE "C" AS player_id, l.score * $3::bigint AS sort, l.reached_at * $5::bigint AS tie,
                    l.reached_at AS at
                FROM rolling_scores($1, $2, $4::bigint, %1$d::smallint, NULL) l
            """;

    private static final String ROLLING_STATE = "SELECT 'OPEN' AS state";

    /** `live` holds the window's standings. */
    private static final String LIVE = """
            WITH live AS MATERIALIZED (
            {standings}), state AS (
            {state})""";

    /** How many distinct scores are better than that of the first entry; only counted where ranks are dense. */
    private static final String DISTINCT =
            "(SELECT count(DISTINCT sort) FROM live WHERE sort < (SELECT min(sort) FROM page))";

    /**
     * Columns 0 to 3 are the same in every row: state, players, players better than the first, distinct scores better
     * than it; 4 to 6 are the entries.
     */
    private static final String ENTRIES = """
            SELECT state.state, (SELECT count(*) FROM live),
                (SELECT count(*) FROM live WHERE sort < (SELECT min(sort) FROM page)), {distinct},
                page.player_id, page.sort, page.at""";

    private static final String PAGE = """
            {live}
            , page AS (SELECT * FROM live ORDER BY sort, tie, player_id OFFSET $6 LIMIT $7)
            """ + ENTRIES + """
            , $6::bigint
            FROM state LEFT JOIN page ON true ORDER BY page.sort, page.tie, page.player_id""";

    private static final String AFTER = """
            {live}
            , page AS (SELECT * FROM live WHERE (sort, tie, player_id) > ($6::bigint, $7::bigint, $8::text)
                       ORDER BY sort, tie, player_id LIMIT $9)
            """ + ENTRIES + """
            , (SELECT count(*) FROM live WHERE (sort, tie, player_id) <= ($6::bigint, $7::bigint, $8::text))
            FROM state LEFT JOIN page ON true ORDER BY page.sort, page.tie, page.player_id""";

    private static final String AROUND = """
            {live}
            , own AS (SELECT * FROM live WHERE player_id = $6),
            place AS (
                SELECT count(*) FILTER (WHERE (l.sort, l.tie, l.player_id) < (own.sort, own.tie, own.player_id)) AS position,
                    count(*) FILTER (WHERE l.sort < own.sort) AS better,
                    count(*) FILTER (WHERE l.sort = own.sort) AS equal
                FROM own CROSS JOIN live l HAVING count(*) > 0),
            page AS (
                (SELECT live.* FROM live, own
                 WHERE (live.sort, live.tie, live.player_id) < (own.sort, own.tie, own.player_id)
                 ORDER BY live.sort DESC, live.tie DESC, live.player_id DESC LIMIT $7::int)
                UNION ALL
                (SELECT live.* FROM live, own
                 WHERE (live.sort, live.tie, live.player_id) >= (own.sort, own.tie, own.player_id)
                 ORDER BY live.sort, live.tie, live.player_id LIMIT $7::int + 1))
            """ + ENTRIES + """
            , greatest(0, place.position - $7::int), place.position, place.better, place.equal
            FROM state LEFT JOIN place ON true LEFT JOIN page ON true
            ORDER BY page.sort, page.tie, page.player_id""";

    private static final String WITHIN = """
            {live}
            , page AS (SELECT * FROM live WHERE sort BETWEEN $6 AND $7 ORDER BY sort, tie, player_id OFFSET $8 LIMIT $9)
            """ + ENTRIES + """
            , (SELECT count(*) FROM live WHERE sort < $6) + $8::bigint, (SELECT count(*) FROM live WHERE sort BETWEEN $6 AND $7)
            FROM state LEFT JOIN page ON true ORDER BY page.sort, page.tie, page.player_id""";

    private static final String PLACE = """
            {live}
            SELECT state.state, (SELECT count(*) FROM live), (SELECT count(*) FROM live WHERE sort < $6),
                (SELECT count(*) FROM live WHERE sort = $6), (SELECT count(DISTINCT sort) FROM live WHERE sort < $6)
            FROM state""";

    private static final String QUANTILES = """
            {live}
            , ranked AS (
                SELECT *, row_number() OVER (ORDER BY sort, tie, player_id) - 1 AS position,
                    rank() OVER (ORDER BY sort) - 1 AS better, dense_rank() OVER (ORDER BY sort) - 1 AS distinct_better,
                    count(*) OVER () AS total
                FROM live)
            SELECT state.state, (SELECT count(*) FROM live), NULL, NULL, r.player_id, r.sort, r.at,
                r.position, r.better, r.distinct_better
            FROM state CROSS JOIN unnest($6::integer[]) WITH ORDINALITY AS wanted(share, n)
            LEFT JOIN ranked r ON r.position = r.total - greatest(1, (wanted.share * r.total + 9999) / 10000)
            ORDER BY wanted.n""";

    private static final String SELECT = """
            {live}
            , ranked AS (
                SELECT *, row_number() OVER (ORDER BY sort, tie, player_id) - 1 AS position,
                    rank() OVER (ORDER BY sort) - 1 AS better, dense_rank() OVER (ORDER BY sort) - 1 AS distinct_better
                FROM live),
            chosen AS (SELECT * FROM ranked WHERE player_id = ANY ($6::text[]))
            SELECT state.state, (SELECT count(*) FROM live), NULL, NULL, chosen.player_id, chosen.sort, chosen.at,
                chosen.position, chosen.better, chosen.distinct_better
            FROM state LEFT JOIN chosen ON true ORDER BY chosen.position""";

    /** As above, with the number of players who have the same score. */
    private static final String PLACES = """
            {live}
            , ranked AS (
                SELECT *, row_number() OVER (ORDER BY sort, tie, player_id) - 1 AS position,
                    rank() OVER (ORDER BY sort) - 1 AS better, {distinctRank} AS distinct_better,
                    count(*) OVER (PARTITION BY sort) AS equal
                FROM live),
            chosen AS (SELECT * FROM ranked WHERE player_id = ANY ($6::text[]))
            SELECT state.state, (SELECT count(*) FROM live), NULL, NULL, chosen.player_id, chosen.sort, chosen.at,
                chosen.position, chosen.better, chosen.distinct_better, chosen.equal
            FROM state LEFT JOIN chosen ON true""";

    private static final String OVER = """
            {live}
            %s
            SELECT state.state, answer.* FROM state LEFT JOIN answer ON true ORDER BY answer.n""";

    static PostgresRankingSql of(Shape shape) {
        return new PostgresRankingSql(
                shape.fill(PAGE),
                shape.fill(AFTER),
                shape.fill(AROUND),
                shape.fill(WITHIN),
                shape.fill(PLACE),
                shape.fill(QUANTILES),
                shape.fill(SELECT),
                shape.fill(PLACES));
    }

    /** The parameters that determine the text of the statements. */
    record Shape(Slot slot, boolean dense) {
        /**
         * A statement of others over the window's standings, see {@link SqlSource#over}. Their conditions on players
         * reach the tables, where the statements above need all standings anyway.
         */
        String over(String statement) {
            return fill(OVER.formatted(statement)).replace("live AS MATERIALIZED", "live AS NOT MATERIALIZED");
        }

        /** As {@link #over}, of the players that are the first own parameter: a rolling window is made for them alone. */
        String ofPlayers(String statement) {
            return forPlayers(over(statement));
        }

        private static String forPlayers(String statement) {
            return statement.replace("::smallint, NULL)", "::smallint, $6::text[])");
        }

        /** The standings of the window, as a SELECT of {@code player_id, sort, tie, at}. */
        String standings() {
            String standings =
                    slot.period().isRolling() ? ROLLING_STANDINGS.formatted(slot.metric()) : slot.fill(STANDINGS);
            return standings.replace("{takesRank}", TakesRank.in("l.player_id", "$4", "$2"));
        }

        /** As {@link #standings}; a rolling window is made for the players that are the first own parameter alone. */
        String standingsOfPlayers() {
            return forPlayers(standings());
        }

        /** The state of the window, as a SELECT of {@code state}. */
        String state() {
            return slot.period().isRolling() ? ROLLING_STATE : STATE;
        }

        private String fill(String statement) {
            String ranked = LIVE.replace("{standings}", standings()).replace("{state}", state());
            return statement
                    .replace("{live}", ranked)
                    .replace("{distinct}", dense ? DISTINCT : "0::bigint")
                    .replace("{distinctRank}", dense ? "dense_rank() OVER (ORDER BY sort) - 1" : "0::bigint");
        }
    }
}
