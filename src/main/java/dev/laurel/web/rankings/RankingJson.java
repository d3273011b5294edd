package dev.laurel.web.rankings;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.ScoreRangePage;
import dev.laurel.ranking.ShownPlayer;
import dev.laurel.ranking.row.ShownRow;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.web.WindowJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON forms of rankings. */
final class RankingJson {
    static final String CHANGE =
            "Places gained since the period's previous window, or since an earlier day for changeSince; missing without a "
                    + "rank then";

    static final String CHANGE_SINCE =
            "For changeSince: when the positions were read that change is measured against; missing when none are kept";

    static final String SHOWN =
            "The player's name, or a neutral one, for with=player; missing when the player has no record";

    static final String METRICS = "For with=metrics: the values of all metrics that the player has one of";
    static final String BASELINE = "For with=baseline: what gains of the player count from, by metric";
    static final String TIER =
            "For with=tier: the first tier of the board that fits the player; missing when none does";
    static final String GAIN = "For with=gain: by metric with a baseline, the present value minus it";

    private RankingJson() {}

    /** What a row shows by all metrics, in the decimals of the board; null for what nobody asked for. */
    record RowNumbers(Map<String, Number> metrics, Map<String, Number> baseline, Map<String, Number> gain) {
        static RowNumbers of(ShownRow row, RankingRef ranking) {
            int decimals = ranking.board().definition().decimals();
            return new RowNumbers(
                    numbers(row.metrics(), decimals), numbers(row.baseline(), decimals), numbers(row.gain(), decimals));
        }

        private static Map<String, Number> numbers(Map<String, Long> units, int decimals) {
            if (units == null) {
                return null;
            }
            Map<String, Number> numbers = new LinkedHashMap<>();
            units.forEach((metric, value) -> numbers.put(metric, Score.toNumber(value, decimals)));
            return numbers;
        }
    }

    static String metricOf(RankingRef ranking) {
        return ranking.board().definition().metrics().get(ranking.metric());
    }

    /** The name of the segment; null for the whole board. */
    static String segmentOf(RankingRef ranking) {
        return ranking.segment() == null ? null : ranking.segment().name();
    }

    /** A slice of a ranking. */
    @Schema(name = "Ranking")
    record Page(
            String board,
            Period period,
            WindowJson window,
            @Schema(description = "The metric ranked by") String metric,

            @Schema(description = "The segment whose players are ranked among each other; missing for the whole board")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String segment,

            @Schema(description = "Players in the window, or of the segment in it")
            long total,

            @Schema(description = "Players whose scores lie within the requested bounds")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Long matching,

            @Schema(description = "When the ranking was read")
            Instant asOf,

            Source source,

            @Schema(description = CHANGE_SINCE) @JsonInclude(JsonInclude.Include.NON_NULL)
            Instant changeSince,

            List<Entry> entries,

            @Schema(description = "Cursor of the next page; missing at the end")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String next) {
        static Page of(RankingPage page, EntryDetails details, Instant asOf) {
            RankingRef ranking = page.ranking();
            return new Page(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    metricOf(ranking),
                    segmentOf(ranking),
                    page.total(),
                    null,
                    asOf,
                    page.source(),
                    details.changeSince(),
                    Entry.all(page.entries(), ranking, details),
                    page.next());
        }

        static Page of(ScoreRangePage page, EntryDetails details, Instant asOf) {
            RankingRef ranking = page.ranking();
            return new Page(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    metricOf(ranking),
                    segmentOf(ranking),
                    page.total(),
                    page.matching(),
                    asOf,
                    page.source(),
                    details.changeSince(),
                    Entry.all(page.entries(), ranking, details),
                    null);
        }
    }

    /** A player in a ranking. */
    @Schema(name = "RankingEntry")
    record Entry(
            long rank,
            String playerId,
            Number score,
            Instant achievedAt,

            @Schema(description = CHANGE) @JsonInclude(JsonInclude.Include.NON_NULL)
            Long change,

            @Schema(description = SHOWN) @JsonInclude(JsonInclude.Include.NON_NULL)
            String displayName,

            @Schema(description = "The player's picture, for with=player") @JsonInclude(JsonInclude.Include.NON_NULL)
            String avatarUrl,

            @Schema(description = "Those of the requested attributes that the player has")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Map<String, Object> attributes,

            @Schema(description = METRICS) @JsonInclude(JsonInclude.Include.NON_NULL)
            Map<String, Number> metrics,

            @Schema(description = BASELINE) @JsonInclude(JsonInclude.Include.NON_NULL)
            Map<String, Number> baseline,

            @Schema(description = GAIN) @JsonInclude(JsonInclude.Include.NON_NULL)
            Map<String, Number> gain,

            @Schema(description = TIER) @JsonInclude(JsonInclude.Include.NON_NULL)
            String tier) {
        static Entry of(Ranked ranked, RankingRef ranking, EntryDetails details) {
            String playerId = ranked.standing().playerId();
            Long previousRank = details.previousRank(playerId);
            ShownPlayer shown = details.player(playerId);
            RowNumbers row = RowNumbers.of(details.row(playerId), ranking);
            return new Entry(
                    ranked.rank(),
                    playerId,
                    Score.toNumber(
                            ranked.standing().score(),
                            ranking.board().definition().decimals()),
                    Instant.ofEpochMilli(ranked.standing().reachedAt()),
                    previousRank == null ? null : previousRank - ranked.rank(),
                    shown.displayName(),
                    shown.avatarUrl(),
                    shown.attributes(),
                    row.metrics(),
                    row.baseline(),
                    row.gain(),
                    details.tier(playerId));
        }

        static List<Entry> all(List<Ranked> ranked, RankingRef ranking, EntryDetails details) {
            return ranked.stream().map(one -> of(one, ranking, details)).toList();
        }
    }
}
