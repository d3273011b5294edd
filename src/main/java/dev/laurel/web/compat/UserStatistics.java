package dev.laurel.web.compat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.Map;

/**
 * A user's counts in the current windows; 0 where the user has none.
 *
 * @param updatedAt when a count last changed; null for a user who has none
 * @param cachedAt when the counts were read, from Redis or from PostgreSQL
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "UserStatistics")
public record UserStatistics(
        String userId,
        Number dailyPomo,
        Number weeklyPomo,
        Number monthlyPomo,
        Number yearlyPomo,

        @Schema(
                description = "When a count last changed; null for a user without any in these periods",
                nullable = true)
        Instant updatedAt,

        @Schema(description = "When the counts were read from Redis, or from PostgreSQL while Redis is unavailable")
        Instant cachedAt) {
    /**
     * The statistics of counts in units.
     *
     * @param decimals of the board
     */
    static UserStatistics of(
            String userId, Map<Period, Long> counts, int decimals, Instant updatedAt, Instant cachedAt) {
        return new UserStatistics(
                userId,
                Score.toNumber(counts.getOrDefault(Period.DAILY, 0L), decimals),
                Score.toNumber(counts.getOrDefault(Period.WEEKLY, 0L), decimals),
                Score.toNumber(counts.getOrDefault(Period.MONTHLY, 0L), decimals),
                Score.toNumber(counts.getOrDefault(Period.YEARLY, 0L), decimals),
                updatedAt,
                cachedAt);
    }
}
