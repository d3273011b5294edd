package dev.laurel.web.auditlog;

import dev.laurel.access.CurrentCaller;
import dev.laurel.auditlog.AuditQuery;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Which entries of the audit log an operation is about: those that meet all that is given. */
public class AuditLogParameters {
    private static final int MAX = 1_024;

    @QueryParam("actor")
    @Parameter(
            description = "Only actions of the caller of this name: the id of a key, the subject of a token, or open",
            schema = @Schema(minLength = 1, maxLength = MAX, examples = "open"))
    String actor;

    @QueryParam("operation")
    @Parameter(
            description = "Only this operation, by its id in this document",
            schema = @Schema(minLength = 1, maxLength = MAX, examples = "deleteBoard"))
    String operation;

    @QueryParam("target")
    @Parameter(
            description = "Only actions on this path and on all paths below it",
            schema = @Schema(minLength = 1, maxLength = MAX, examples = "/api/v1/boards/sprint"))
    String target;

    @QueryParam("player")
    @Parameter(
            description = "Only actions about this player",
            schema = @Schema(minLength = 1, maxLength = MAX, examples = "alice"))
    String player;

    @QueryParam("from")
    @Parameter(
            description = "The first instant",
            schema = @Schema(format = "date-time", examples = "2026-11-30T00:00:00Z"))
    String from;

    @QueryParam("to")
    @Parameter(
            description = "The first instant after them",
            schema = @Schema(format = "date-time", examples = "2026-12-01T00:00:00Z"))
    String to;

    AuditQuery query() {
        List<FieldError> errors = new ArrayList<>();
        require(errors, "actor", actor);
        require(errors, "operation", operation);
        require(errors, "target", target);
        require(errors, "player", player);
        Instant first = instant(errors, "from", from);
        Instant last = instant(errors, "to", to);
        if (first != null && last != null && !first.isBefore(last)) {
            errors.add(new FieldError("to", "must be after from"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return new AuditQuery(CurrentCaller.get().tenant(), actor, operation, target, player, first, last);
    }

    private static void require(List<FieldError> errors, String name, String text) {
        if (text != null && (text.isEmpty() || text.length() > MAX)) {
            errors.add(new FieldError(name, "must be 1 to " + MAX + " characters"));
        }
    }

    /** Of the years that the database knows as well. */
    private static Instant instant(List<FieldError> errors, String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            if (at.getYear() >= 1970 && at.getYear() <= 9999) {
                return at.toInstant();
            }
        } catch (DateTimeParseException e) {
            // reported like an instant of another age
        }
        errors.add(new FieldError(name, "must be an instant such as 2026-11-30T00:00:00Z, with + written as %2B"));
        return null;
    }
}
