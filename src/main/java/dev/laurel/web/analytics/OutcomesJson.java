package dev.laurel.web.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.analytics.rollup.Outcomes;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;

/** How attempts ended. */
@Schema(name = "AttemptOutcomes")
public record OutcomesJson(
        @Schema(description = "Events with an outcome") long attempts,

        long completed,
        long partial,
        long failed,

        @Schema(
                description =
                        "Share of attempts that succeeded, a partial success counting half; missing without attempts")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        BigDecimal successRate,

        @Schema(description = "Of all events that have a duration")
        long durationMs) {
    static OutcomesJson of(Outcomes outcomes) {
        return new OutcomesJson(
                outcomes.attempts(),
                outcomes.completed(),
                outcomes.partial(),
                outcomes.failed(),
                outcomes.attempts() == 0
                        ? null
                        : Units.plain((outcomes.completed() + 0.5 * outcomes.partial()) / outcomes.attempts()),
                outcomes.durationMs());
    }
}
