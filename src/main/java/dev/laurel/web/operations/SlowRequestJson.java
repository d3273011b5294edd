package dev.laurel.web.operations;

import dev.laurel.platform.meters.Step;
import dev.laurel.platform.timing.SlowRequest;
import dev.laurel.platform.timing.SpeedClass;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The JSON forms of slow requests. */
final class SlowRequestJson {
    private static final double NANOS_A_MILLI = Duration.ofMillis(1).toNanos();

    private SlowRequestJson() {}

    /** The latest ones. */
    @Schema(name = "SlowRequests")
    record ListJson(@Schema(description = "Newest first") List<RequestJson> items) {
        static ListJson of(List<SlowRequest> requests) {
            return new ListJson(requests.stream().map(RequestJson::of).toList());
        }
    }

    /** One request. */
    @Schema(name = "SlowRequest")
    record RequestJson(
            @Schema(description = "When it was answered") Instant at,
            @Schema(examples = "GET") String method,

            @Schema(description = "As a template, without ids", examples = "/api/v1/boards/{board}/rankings/{period}")
            String path,

            @Schema(examples = "200") int status,

            @Schema(
                    name = "class",
                    enumeration = {"SLOW", "VERY_SLOW"})
            @com.fasterxml.jackson.annotation.JsonProperty("class")
            SpeedClass speed,

            @Schema(description = "Duration in milliseconds")
            double durationMs,

            @Schema(description = "Steps of 0.1 ms and more, in order")
            List<StepJson> steps) {
        static RequestJson of(SlowRequest request) {
            return new RequestJson(
                    request.at().truncatedTo(ChronoUnit.MILLIS),
                    request.method(),
                    request.path(),
                    request.status(),
                    request.speed(),
                    millis(request.took().toNanos()),
                    request.steps().stream().map(StepJson::of).toList());
        }
    }

    /** One step of it. */
    @Schema(name = "SlowRequestStep")
    record StepJson(
            @Schema(examples = "postgres") String name,

            @Schema(description = "Duration in milliseconds")
            double durationMs) {
        static StepJson of(Step step) {
            return new StepJson(step.name(), millis(step.nanos()));
        }
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_A_MILLI * 1_000) / 1_000.0;
    }
}
