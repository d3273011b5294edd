package dev.laurel.analytics;

import dev.laurel.board.SortOrder;
import dev.laurel.cache.Computed;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.standings.read.SqlQuestion;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How the scores of a ranking are distributed. PostgreSQL counts them in one pass over the standings of the window. */
@ApplicationScoped
public class Histograms {
    /** Maximum number of buckets. */
    public static final int MAX_BUCKETS = 100;

    /** {1} number of buckets, {2} -1 where sort keys are negative scores. */
    private static final String STATEMENT = """
            , scored AS MATERIALIZED (SELECT l.sort * {2}::bigint AS score FROM live l
            ), bounds AS (
                SELECT min(score) AS least, (max(score) - min(score)) / {1}::bigint + 1 AS width, count(*) AS total FROM scored
            ), answer AS (
                SELECT (s.score - b.least) / b.width AS n, b.least, b.width, b.total, count(*) AS players
                FROM bounds b LEFT JOIN scored s ON true
                GROUP BY 1, b.least, b.width, b.total)""";

    private static final Found NONE = new Found(0, 1, 0, List.of());

    private final Rankings rankings;
    private final StandingsReader reader;
    private final Shown shown;
    private final AnalyticsCache cache;

    Histograms(Rankings rankings, StandingsReader reader, Shown shown, AnalyticsCache cache) {
        this.rankings = rankings;
        this.reader = reader;
        this.shown = shown;
        this.cache = cache;
    }

    /** @param buckets 1 to {@value #MAX_BUCKETS}: at most so many are returned, of equal width */
    public Uni<Computed<Histogram>> of(RankingQuery query, int buckets) {
        return rankings.of(query)
                .chain(ranking -> cache.ofBoard(
                        ranking.board(),
                        List.of("histogram", window(ranking), ranking.metric(), buckets),
                        () -> compute(ranking, query.window(), buckets)));
    }

    /** By its name: for a frozen board neither its generation nor its state may show. */
    private String window(RankingRef ranking) {
        String name = ranking.period() + "/" + ranking.window().id();
        return ranking.board().frozen(shown.asOf(ranking.board()))
                ? name
                : name + "/" + ranking.window().key();
    }

    private Uni<Histogram> compute(RankingRef ranking, String windowId, int buckets) {
        long sign = ranking.board().definition().order() == SortOrder.DESC ? -1 : 1;
        List<Object> own = List.of((long) buckets, sign);
        return reader.read(ranking, windowId, new SqlQuestion<>(STATEMENT, own, Histograms::found, NONE))
                .map(reading -> new Histogram(
                        reading.ranking(),
                        shown.asOf(ranking.board()),
                        reading.value().total(),
                        reading.value().buckets()));
    }

    private static Found found(RowSet<Row> rows) {
        Found found = NONE;
        for (Row row : rows) {
            if (row.getLong(1) != null) {
                if (found == NONE) {
                    found = new Found(row.getLong(2), row.getLong(3), row.getLong(4), new ArrayList<>());
                }
                found.counts.add(new long[] {row.getLong(1), row.getLong(5)});
            }
        }
        return found;
    }

    /** @param counts pairs of a bucket and its players */
    private record Found(long least, long width, long total, List<long[]> counts) {
        List<Bucket> buckets() {
            List<Bucket> buckets = new ArrayList<>();
            long last = counts.stream().mapToLong(count -> count[0]).max().orElse(-1);
            for (long i = 0; i <= last; i++) {
                long number = i;
                long players = counts.stream()
                        .filter(count -> count[0] == number)
                        .mapToLong(count -> count[1])
                        .sum();
                buckets.add(new Bucket(least + i * width, least + (i + 1) * width - 1, players));
            }
            return buckets;
        }
    }

    /**
     * The distribution of the scores of a ranking.
     *
     * @param total players
     * @param buckets from the lowest score to the highest
     */
    public record Histogram(RankingRef ranking, Instant asOf, long total, List<Bucket> buckets) {}

    /** Scores in units, both ends inclusive, and how many players have one of them. */
    public record Bucket(long from, long to, long players) {}
}
