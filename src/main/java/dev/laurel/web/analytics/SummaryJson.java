package dev.laurel.web.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.analytics.Summary;
import dev.laurel.analytics.figures.Consistency;
import dev.laurel.analytics.rollup.PlayerDay;
import dev.laurel.analytics.rollup.Streak;
import dev.laurel.archive.PlayerHistory.FinalRank;
import dev.laurel.shared.Period;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What a player has done on a board. */
@Schema(name = "PlayerSummary")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SummaryJson(
        String playerId,
        String board,

        @Schema(description = "The zone by which days begin", examples = "Europe/Berlin")
        String zone,

        @Schema(description = "When this was computed; for a frozen board, the freeze")
        Instant asOf,

        LocalDate from,
        LocalDate to,

        @Schema(description = "Of the scores of these days, with adjustments where the board adds scores up")
        Number total,

        long events,

        @Schema(description = "Days with at least one event")
        long activeDays,

        @Schema(description = "Of the total; missing without an active day")
        BigDecimal averagePerActiveDay,

        @Schema(description = "The earliest of the best; missing without an active day")
        BestDay bestDay,

        ConsistencyJson consistency,
        OutcomesJson outcomes,
        StreakJson streak,
        PlaceJson place,
        HistoryJson history) {
    static SummaryJson of(Summary found, String playerId) {
        Units units = new Units(found.board().definition());
        return new SummaryJson(
                playerId,
                found.board().name(),
                found.board().definition().zone().getId(),
                found.asOf(),
                found.days().from(),
                found.days().to(),
                units.of(found.total()),
                found.events(),
                found.activeDays(),
                units.of(found.average()),
                found.bestDay() == null ? null : BestDay.of(found.bestDay(), found, units),
                ConsistencyJson.of(found.consistency()),
                OutcomesJson.of(found.outcomes()),
                StreakJson.of(found.streak()),
                PlaceJson.of(found.place()),
                found.history().period() == null ? null : HistoryJson.of(found.history(), units));
    }

    /** The day that was worth most. */
    @Schema(name = "BestDay")
    public record BestDay(
            LocalDate day,

            @Schema(description = "The sum, the best or the latest score of the day, by the operator of the board")
            Number value,

            long events) {
        static BestDay of(PlayerDay day, Summary found, Units units) {
            return new BestDay(day.date(), units.of(day.value(found.board().definition())), day.events());
        }
    }

    /** How regular somebody is. */
    @Schema(name = "Consistency")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConsistencyJson(
            @Schema(description = "Share of days that were active")
            BigDecimal activeShare,

            @Schema(
                    description =
                            "Standard deviation of the values of active days over their mean; missing for fewer than two")
            BigDecimal variation) {
        static ConsistencyJson of(Consistency found) {
            return new ConsistencyJson(Units.plain(found.share()), Units.plain(found.variation()));
        }
    }

    /** Days in a row. */
    @Schema(name = "Streak")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StreakJson(
            @Schema(description = "Active days in a row up to today or yesterday")
            long current,

            @Schema(description = "Ever, not only in these days")
            long longest,

            LocalDate lastActiveDay) {
        static StreakJson of(Streak found) {
            return new StreakJson(found.current(), found.longest(), found.lastDay());
        }
    }

    /** A place in a running ranking. */
    @Schema(name = "CurrentPlace")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlaceJson(
            Period period,

            @Schema(description = "Missing without a standing")
            Long rank,

            BigDecimal percentile,
            long players) {
        static PlaceJson of(Summary.Place found) {
            return new PlaceJson(found.period(), found.rank(), Units.plain(found.percentile()), found.players());
        }
    }

    /** Final places in past windows. */
    @Schema(name = "PlaceHistory")
    public record HistoryJson(
            @Schema(description = "The shortest of the board")
            Period period,

            @Schema(description = "Newest first, at most 30")
            List<PastPlace> places) {
        static HistoryJson of(Summary.History found, Units units) {
            return new HistoryJson(
                    found.period(),
                    found.places().stream().map(one -> PastPlace.of(one, units)).toList());
        }
    }

    /** A final place. */
    @Schema(name = "PastPlace")
    public record PastPlace(String window, long rank, BigDecimal percentile, long players, Number score) {
        static PastPlace of(FinalRank found, Units units) {
            return new PastPlace(
                    found.windowId(),
                    found.rank(),
                    Units.plain(found.percentile()),
                    found.total(),
                    units.of(found.score()));
        }
    }
}
