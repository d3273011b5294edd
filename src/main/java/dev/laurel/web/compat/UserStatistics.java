package dev.laurel.web.compat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.laurel.shared.Period;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.Map;

/**
 * A user's counts in the current windows; 0 where the user has none.
 *
 * @param updatedAt when a count last changed
 * @param cachedAt when the counts were read from Redis; null when they come from PostgreSQL
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "UserStatistics")
public record UserStatistics(
        String userId,
        long dailyPomo,
        long weeklyPomo,
        long monthlyPomo,
        long yearlyPomo,
        Instant updatedAt,
        Instant cachedAt) {
    static UserStatistics of(String userId, Map<Period, Long> counts, Instant updatedAt, Instant cachedAt) {
        return new UserStatistics(
                userId,
                counts.getOrDefault(Period.DAILY, 0L),
                counts.getOrDefault(Period.WEEKLY, 0L),
                counts.getOrDefault(Period.MONTHLY, 0L),
                counts.getOrDefault(Period.YEARLY, 0L),
                updatedAt,
                cachedAt);
    }
}
