package dev.laurel.web.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.analytics.Comparison;
import dev.laurel.analytics.figures.Compared;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;

/** A player among the members of a group or another segment. */
@Schema(name = "PlayerComparison")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComparisonJson(
        String playerId,
        String board,
        String segment,

        @Schema(description = "When this was computed; for a frozen board, the freeze")
        Instant asOf,

        LocalDate from,
        LocalDate to,

        @Schema(description = "Members of the segment who take part in rankings")
        long members,

        @Schema(
                description =
                        "Figures of others need at least so many members with a value, so that nobody can be identified")
        int minMembers,

        @Schema(description = "Members with an event in these days; missing where members are too few")
        Long active,

        ComparedJson total,
        ComparedJson events,
        ComparedJson activeDays,

        @Schema(description = "Among members with attempts") ComparedJson successRate) {
    static ComparisonJson of(Comparison found, String playerId) {
        Units units = new Units(found.board().definition());
        return new ComparisonJson(
                playerId,
                found.board().name(),
                found.segment(),
                found.asOf(),
                found.days().from(),
                found.days().to(),
                found.members(),
                Compared.MIN_MEMBERS,
                found.active(),
                ComparedJson.of(found.total(), units::of),
                ComparedJson.of(found.events(), Units::plain),
                ComparedJson.of(found.activeDays(), Units::plain),
                ComparedJson.of(found.successRate(), Units::plain));
    }

    /** A value among those of the members. */
    @Schema(name = "ComparedValue")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ComparedJson(
            BigDecimal own,
            BigDecimal mean,
            BigDecimal median,
            BigDecimal deviation,

            @Schema(description = "Share of members with a lower value plus half of those with the same, from 0 to 100")
            BigDecimal percentile) {
        static ComparedJson of(Compared found, Function<Double, BigDecimal> number) {
            return new ComparedJson(
                    number.apply(found.own()),
                    number.apply(found.mean()),
                    number.apply(found.median()),
                    number.apply(found.deviation()),
                    Units.plain(found.percentile()));
        }
    }
}
