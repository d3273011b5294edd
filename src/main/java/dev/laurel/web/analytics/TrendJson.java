package dev.laurel.web.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.analytics.PlayerAnalytics.TrendAnswer;
import dev.laurel.analytics.figures.Bucket;
import dev.laurel.analytics.figures.Slope;
import dev.laurel.analytics.figures.Trend;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** A player's values over time. */
@Schema(name = "PlayerTrend")
public record TrendJson(
        String playerId,
        String board,
        String zone,

        @Schema(description = "When this was computed; for a frozen board, the freeze")
        Instant asOf,

        Bucket bucket,

        @Schema(description = "Values of a moving average") int window,

        @Schema(description = "In order; the last one contains today and is not over")
        List<PointJson> buckets,

        SlopeJson slope,
        ChangeJson change) {
    static TrendJson of(TrendAnswer found, String playerId) {
        Units units = new Units(found.board().definition());
        Trend trend = found.trend();
        return new TrendJson(
                playerId,
                found.board().name(),
                found.board().definition().zone().getId(),
                found.asOf(),
                found.bucket(),
                found.window(),
                trend.points().stream()
                        .map(point -> new PointJson(
                                point.from(),
                                point.to(),
                                units.of(point.value()),
                                point.events(),
                                units.of(point.average())))
                        .toList(),
                SlopeJson.of(trend.slope(), units),
                ChangeJson.of(trend, units));
    }

    /** A bucket. */
    @Schema(name = "TrendBucket")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PointJson(
            LocalDate from,
            LocalDate to,

            @Schema(
                    description =
                            "The sum, the best or the latest score, by the operator of the board. Without an event 0 where "
                                    + "scores are added up, and otherwise missing")
            BigDecimal value,

            long events,
            BigDecimal movingAverage) {}

    /** The straight line that fits the buckets that are over best. */
    @Schema(name = "TrendSlope")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SlopeJson(
            @Schema(description = "Missing for fewer than two values, like the next two for fewer than three")
            BigDecimal perBucket,

            BigDecimal standardError,

            @Schema(description = "Probability of such a slope if there is no trend")
            BigDecimal pValue,

            @Schema(description = "Whether it can be told from no trend: pValue below 0.05")
            boolean distinguishable) {
        static SlopeJson of(Slope found, Units units) {
            return new SlopeJson(
                    units.of(found.perBucket()),
                    units.of(found.standardError()),
                    Units.plain(found.pValue()),
                    found.isDistinguishable());
        }
    }

    /** All buckets together, and as many days before them. */
    @Schema(name = "TrendChange")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ChangeJson(
            BigDecimal now,
            BigDecimal before,

            @Schema(description = "Missing when one of them is missing")
            BigDecimal difference,

            @Schema(description = "Difference over before; missing when that is 0")
            BigDecimal ratio) {
        static ChangeJson of(Trend trend, Units units) {
            boolean both = trend.now() != null && trend.before() != null;
            Double difference = both ? trend.now() - trend.before() : null;
            return new ChangeJson(
                    units.of(trend.now()),
                    units.of(trend.before()),
                    units.of(difference),
                    both && trend.before() != 0 ? Units.plain(difference / Math.abs(trend.before())) : null);
        }
    }
}
