package dev.laurel.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;

/** The JSON form of a window; all time has neither start nor end. */
@Schema(name = "Window")
public record WindowJson(
        Period period,
        @Schema(examples = "2026-W47") String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant start,

        @Schema(description = "End of the window, exclusive") @JsonInclude(JsonInclude.Include.NON_NULL)
        Instant end,

        WindowState state) {
    public static WindowJson of(WindowRef ref) {
        return new WindowJson(
                ref.period(), ref.id(), ref.window().start(), ref.window().end(), ref.state());
    }
}
