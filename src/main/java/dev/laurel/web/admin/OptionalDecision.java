package dev.laurel.web.admin;

import dev.laurel.correction.Decision;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The reason for an operation that changes no score, and its author; both are optional. */
public class OptionalDecision {
    @QueryParam("reason")
    @Parameter(
            description = "The reason, for the log",
            schema = @Schema(maxLength = 500, examples = "Redis was restored"))
    String reason;

    @QueryParam("author")
    @Parameter(description = "The author, for the log", schema = @Schema(maxLength = 128, examples = "operator-2"))
    String author;

    public Decision decision() {
        return new Decision(reason == null ? "Asked for without a reason" : reason, author == null ? "api" : author);
    }
}
