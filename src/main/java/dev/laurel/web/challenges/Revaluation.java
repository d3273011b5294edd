package dev.laurel.web.challenges;

import dev.laurel.correction.Decision;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.Parameters;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import java.util.Optional;

/** Whether a change of points reaches those who have cleared a variant before; if so, why and by whom. */
public class Revaluation {
    @QueryParam("revalue")
    @Parameter(
            description =
                    "Whether players who have cleared a variant before get its new points, too: in the background, by "
                            + "adjustments in the running windows that hold the instant of the clearing",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    String revalue;

    @QueryParam("reason")
    @Parameter(
            description = "The reason, for the log; required with revalue, and not taken without",
            schema = @Schema(maxLength = 500))
    String reason;

    @QueryParam("author")
    @Parameter(
            description = "The author, for the log; required with revalue, and not taken without",
            schema = @Schema(maxLength = 128))
    String author;

    Optional<Decision> decision() {
        if (Parameters.flag("revalue", revalue)) {
            return Optional.of(new Decision(reason, author));
        }
        if (reason != null || author != null) {
            throw new InvalidInput(reason == null ? "author" : "reason", "is only for revalue=true");
        }
        return Optional.empty();
    }
}
