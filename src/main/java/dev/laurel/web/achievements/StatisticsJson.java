package dev.laurel.web.achievements;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.achievement.award.Figures;
import dev.laurel.achievement.award.Figures.State;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;

/** The JSON form of the figures of an achievement. */
@Schema(name = "AchievementStatistics")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatisticsJson(
        @Schema(description = "Players with a score on a board of the achievement; missing while one is frozen")
        Long activePlayers,

        @Schema(description = "Players with at least one award")
        long holders,

        @Schema(description = "Holders as a share of the active players, from 0 to 1; missing without active players")
        Double rarity,

        @Schema(description = "From the easiest to the hardest")
        List<TierJson> tiers,

        @Schema(description = "When the players were counted, a few minutes ago at most")
        Instant asOf,

        BackFillJson backFill) {
    private static final double ROUNDED = 10_000;

    static StatisticsJson of(Figures figures) {
        return new StatisticsJson(
                figures.activePlayers(),
                figures.holders(),
                rarity(figures.holders(), figures),
                figures.tiers().stream()
                        .map(one -> new TierJson(one.tier(), one.holders(), rarity(one.holders(), figures)))
                        .toList(),
                figures.asOf(),
                BackFillJson.of(figures.search()));
    }

    private static Double rarity(long holders, Figures figures) {
        Long active = figures.activePlayers();
        return active == null || active == 0 ? null : Math.min(1, Math.round(ROUNDED * holders / active) / ROUNDED);
    }

    /** The holders of a tier. */
    @Schema(name = "AchievementTierStatistics")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TierJson(String tier, long holders, Double rarity) {}

    /** The search for players who reached the achievement before it was defined or changed. */
    @Schema(name = "AchievementBackFill")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BackFillJson(
            @Schema(description = "WAITING to begin, or for a frozen board to be revealed")
            State state,

            @Schema(description = "Players who have been looked at")
            long done,

            @Schema(description = "How many there were at its beginning; missing before it")
            Long players,

            Instant startedAt,
            Instant endedAt) {
        static BackFillJson of(Figures.Search search) {
            return new BackFillJson(
                    search.state(), search.done(), search.players(), search.startedAt(), search.endedAt());
        }
    }
}
