package dev.laurel.web.boards;

import dev.laurel.board.Freeze;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;

/** The JSON form of a board's freeze. */
@Schema(name = "Freeze")
public record FreezeJson(
        @Schema(description = "The public sees the rankings as of this instant")
        Instant at,

        @Schema(description = "Whether that instant has passed")
        boolean frozen) {
    static FreezeJson of(Freeze freeze, Instant now) {
        return new FreezeJson(freeze.at(), freeze.holds(now));
    }
}
