package dev.laurel.web.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.warming.Trigger;
import dev.laurel.warming.WarmingFigures;
import dev.laurel.warming.WarmingRun;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;

/** The JSON forms of warming. */
final class WarmingJson {
    private WarmingJson() {}

    /** What warming does. */
    @Schema(name = "Warming")
    record StateJson(
            @Schema(
                    description =
                            "Whether views are counted, and what is wanted is loaded before (laurel.warming.enabled)")
            boolean enabled,

            @Schema(
                    description =
                            "The hour of the day at which the coming day is prepared, in the zone laurel.warming.zone: that which "
                                    + "is set, or the quietest one")
            int quietHour,

            @Schema(description = "When what is wanted in the next hour will be loaded")
            Instant nextForecast,

            @Schema(description = "Since the process began, by kind of what is loaded")
            List<KindJson> kinds,

            @Schema(description = "The latest run of each trigger; none before the first")
            List<RunJson> runs) {}

    /** The figures of a kind. */
    @Schema(name = "WarmingKind")
    record KindJson(
            @Schema(examples = "players") String kind,

            @Schema(description = "How often such a thing was read")
            long views,

            @Schema(description = "Values loaded before they were read")
            long loaded,

            @Schema(description = "Those of them that were read at least once while they were kept")
            long used,

            @Schema(description = "Reads of these while they were kept")
            long hits,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "Share of the loaded values that were used, from 0 to 1; missing before the first. Low: too "
                                    + "much is loaded")
            Double usedShare) {
        static KindJson of(WarmingFigures.Counts counts) {
            return new KindJson(
                    counts.kind(),
                    counts.views(),
                    counts.loaded(),
                    counts.used(),
                    counts.hits(),
                    counts.loaded() == 0 ? null : Math.round(10_000.0 * counts.used() / counts.loaded()) / 10_000.0);
        }
    }

    /** One run. */
    @Schema(name = "WarmingRun")
    record RunJson(
            Trigger trigger,

            @Schema(description = "What was wanted at this instant was loaded")
            Instant mark,

            Instant startedAt,

            @Schema(description = "Duration in milliseconds, rests included")
            long durationMs,

            @Schema(description = "Values that were expected to be read, at most laurel.warming.at-most")
            int wanted,

            @Schema(description = "Those that were looked at")
            int looked,

            @Schema(description = "Those that were missing, and were loaded")
            int loaded,

            @Schema(description = "Those left to other processes, which load them for all")
            int left,

            @Schema(description = "False when it failed, or laurel.warming.at-most-for was over before the end")
            boolean complete,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Why it ended early; missing when it did not fail")
            String failure) {
        static RunJson of(WarmingRun run) {
            return new RunJson(
                    run.occasion().trigger(),
                    run.occasion().mark(),
                    run.startedAt(),
                    run.took().toMillis(),
                    run.wanted(),
                    run.looked(),
                    run.loaded(),
                    run.left(),
                    run.complete(),
                    run.failure());
        }
    }
}
