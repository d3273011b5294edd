package dev.laurel.web.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.admin.DatabaseOptimization.Order;
import dev.laurel.admin.DatabaseOptimization.Run;
import dev.laurel.correction.Decision;
import dev.laurel.database.Action;
import dev.laurel.database.OptimizeOrder;
import dev.laurel.database.Step;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;

/** The JSON forms of an optimization of the database. */
final class OptimizeJson {
    private static final int MAX_DROPPED = 100;

    private OptimizeJson() {}

    /** What is to be done; nothing of it by default. */
    @Schema(name = "OptimizeRequest")
    record OptimizeRequest(
            @Schema(
                    description =
                            "Create the service's indexes that are missing, and rebuild invalid ones, while tables are "
                                    + "read and written",
                    defaultValue = "false")
            boolean createIndexes,

            @Schema(description = "Remove dead rows where there are many", defaultValue = "false")
            boolean vacuum,

            @Schema(
                    description = "Gather the planner's statistics where many rows have changed",
                    defaultValue = "false")
            boolean analyze,

            @Schema(description = "Drop what all caches hold, in all processes", defaultValue = "false")
            boolean clearCaches,

            @Schema(description = "Load what most requests need, into this process", defaultValue = "false")
            boolean warmCaches,

            @Schema(
                    description =
                            "Names of indexes to drop; none of those that the service relies on, and none of a key or "
                                    + "another constraint",
                    maxItems = MAX_DROPPED)
            List<String> dropIndexes,

            @Schema(description = "Only tell what would be done; changes nothing", defaultValue = "false")
            boolean dryRun,

            @Schema(maxLength = 500, description = "The reason, for the log", examples = "Weekly maintenance")
            String reason,

            @Schema(maxLength = 128, description = "The author, for the log", examples = "operator-2")
            String author) {
        Order order() {
            List<String> drops = dropIndexes == null ? List.of() : dropIndexes;
            if (drops.size() > MAX_DROPPED) {
                throw new InvalidInput("dropIndexes", "must name at most " + MAX_DROPPED + " indexes");
            }
            return new Order(new OptimizeOrder(createIndexes, drops, vacuum, analyze), clearCaches, warmCaches);
        }

        Decision decision() {
            return new Decision(
                    reason == null ? "Asked for without a reason" : reason, author == null ? "api" : author);
        }
    }

    /** How far it is. */
    @Schema(name = "Optimization")
    record OptimizationJson(
            @Schema(
                    description = "PLANNED after a dry run; FAILED when a step was not done",
                    enumeration = {"PLANNED", "RUNNING", "DONE", "FAILED"})
            Step.State state,

            @JsonInclude(JsonInclude.Include.NON_NULL) Instant startedAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing until then")
            Instant endedAt,

            @Schema(description = "In order; none when there is nothing to do")
            List<StepJson> steps) {
        static OptimizationJson of(Run run) {
            return new OptimizationJson(
                    run.state(),
                    run.startedAt(),
                    run.endedAt(),
                    run.steps().stream().map(StepJson::of).toList());
        }
    }

    /** One step. */
    @Schema(name = "OptimizationStep")
    record StepJson(
            Action action,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "The index or table; missing for caches", examples = "score_event_feed")
            String object,

            Step.State state,
            @Schema(description = "Why it is worth doing") String reason,

            @Schema(description = "What the database runs for it, in order")
            List<String> statements,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Duration in milliseconds; missing until it has ended")
            Long durationMs,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "What was found, or why it failed")
            String detail) {
        static StepJson of(Step step) {
            return new StepJson(
                    step.action(),
                    step.object(),
                    step.state(),
                    step.reason(),
                    step.statements(),
                    step.took() == null ? null : step.took().toMillis(),
                    step.detail());
        }
    }
}
