package dev.laurel.web.baselines;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.BoardDefinition;
import dev.laurel.ranking.row.SeasonRows.SeasonRow;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.PlayerRows.MetricPlace;
import dev.laurel.standings.rank.Ranks;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A player in two seasons of a board. */
@Schema(name = "SeasonComparison")
record SeasonComparisonJson(
        String board,
        String playerId,
        InSeason first,
        InSeason second,

        @Schema(description = "By metric that the player has a value of in both seasons")
        Map<String, Movement> changes) {
    static SeasonComparisonJson of(String playerId, SeasonRow first, SeasonRow second) {
        BoardDefinition definition = second.ranking().board().definition();
        InSeason before = InSeason.of(first, definition);
        InSeason after = InSeason.of(second, definition);
        Map<String, Movement> changes = new LinkedHashMap<>();
        first.row().metrics().forEach((metric, value) -> {
            Long now = second.row().metrics().get(metric);
            if (now != null) {
                InMetric then = before.metrics().get(metric);
                InMetric since = after.metrics().get(metric);
                changes.put(
                        metric,
                        new Movement(
                                Score.toNumber(now - value, definition.decimals()),
                                then.rank() == null || since.rank() == null ? null : then.rank() - since.rank()));
            }
        });
        return new SeasonComparisonJson(second.ranking().board().name(), playerId, before, after, changes);
    }

    /** A player in one of the seasons. */
    @Schema(name = "PlayerInSeason")
    record InSeason(
            String season,
            String title,
            Instant start,
            Instant end,

            @Schema(description = "By metric that the player has a value of")
            Map<String, InMetric> metrics) {
        static InSeason of(SeasonRow row, BoardDefinition definition) {
            Map<String, InMetric> metrics = new LinkedHashMap<>();
            row.row().metrics().forEach((metric, value) -> {
                int number = definition.metrics().indexOf(metric);
                MetricPlace place = number < row.places().size() ? row.places().get(number) : null;
                boolean ranked = place != null && place.placed() != null;
                metrics.put(
                        metric,
                        new InMetric(
                                Score.toNumber(value, definition.decimals()),
                                ranked
                                        ? Ranks.of(definition.rankMode(), place.placed())
                                                .rank()
                                        : null,
                                place == null ? null : place.total(),
                                number(row.row().baseline().get(metric), definition),
                                number(row.row().gain().get(metric), definition)));
            });
            return new InSeason(
                    row.season().id(),
                    row.season().title(),
                    row.season().start(),
                    row.season().end(),
                    metrics);
        }

        private static Number number(Long units, BoardDefinition definition) {
            return units == null ? null : Score.toNumber(units, definition.decimals());
        }
    }

    /** A player in a season by one metric. */
    @Schema(name = "PlayerInSeasonByMetric")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record InMetric(
            Number score,
            Long rank,

            @Schema(description = "Players with a rank by this metric")
            Long total,

            @Schema(description = "What gains count from; missing without one")
            Number baseline,

            @Schema(description = "The score minus the baseline; missing without one")
            Number gain) {}

    /** How a player has moved by one metric. */
    @Schema(name = "SeasonMovement")
    record Movement(
            @Schema(description = "The score of the second season minus that of the first")
            Number score,

            @Schema(description = "Places gained from the first season to the second")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Long places) {}
}
