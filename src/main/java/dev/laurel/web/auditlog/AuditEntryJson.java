package dev.laurel.web.auditlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.auditlog.AuditEntry;
import dev.laurel.auditlog.AuditEntry.Outcome;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An entry of the audit log, as clients get it. */
@Schema(name = "AuditEntry")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntryJson(
        @Schema(required = true, description = "Number of the entry; it grows with time", examples = "42")
        long id,

        @Schema(required = true, description = "When the action began")
        Instant at,

        @Schema(
                required = true,
                description =
                        "How the caller was known: OPEN, KEY, TOKEN, or SYSTEM for a key made by a command without the service",
                examples = "KEY")
        String actorKind,

        @Schema(
                required = true,
                description =
                        "The public id of the key, the subject of the token, open, or direct; operator where an operator of the "
                                + "service has made or revoked a key of this tenant",
                examples = "open")
        String actor,

        @Schema(
                required = true,
                description = "The address that the request came from; - for operators of the service",
                examples = "192.0.2.7")
        String address,

        @Schema(required = true, description = "Id of the operation in this document", examples = "deleteBoard")
        String operation,

        @Schema(required = true, examples = "DELETE") String method,

        @Schema(
                required = true,
                description = "The path; {player} stands for a player who has been erased",
                examples = "/api/v1/boards/sprint")
        String target,

        @Schema(description = "The player whom the path or the query names", examples = "alice")
        String playerId,

        @Schema(required = true, description = "Parameters of the query; a value that may name a player is left out")
        Map<String, Object> parameters,

        @Schema(required = true, description = "UNKNOWN while it is under way, and if the process died meanwhile")
        Outcome outcome,

        @Schema(description = "Status of the response", examples = "204")
        Integer status,

        @Schema(description = "When the action ended") Instant endedAt,

        @Schema(description = "What was stored before, of what has changed of the definition that the path names")
        Map<String, Object> before,

        @Schema(description = "What was stored afterwards, of what has changed; absent when the definition is gone")
        Map<String, Object> after) {
    /** Of an exported table. */
    static final List<String> COLUMNS = List.of(
            "id",
            "at",
            "actorKind",
            "actor",
            "address",
            "operation",
            "method",
            "target",
            "playerId",
            "parameters",
            "outcome",
            "status",
            "endedAt",
            "before",
            "after");

    static AuditEntryJson of(AuditEntry entry) {
        return new AuditEntryJson(
                entry.number(),
                entry.at(),
                entry.actorKind(),
                entry.actor(),
                entry.address(),
                entry.operation(),
                entry.method(),
                entry.target(),
                entry.playerId(),
                entry.parameters(),
                entry.outcome(),
                entry.status(),
                entry.endedAt(),
                entry.before(),
                entry.after());
    }

    List<Object> cells() {
        return Arrays.asList(
                id,
                at,
                actorKind,
                actor,
                address,
                operation,
                method,
                target,
                playerId,
                text(parameters),
                outcome.name(),
                status,
                endedAt,
                text(before),
                text(after));
    }

    private static String text(Map<String, Object> object) {
        return object == null ? null : new JsonObject(object).encode();
    }

    /** Entries, newest first. */
    @Schema(name = "AuditLog")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AuditLogJson(
            @Schema(required = true) List<AuditEntryJson> items,

            @Schema(description = "The cursor of the older entries; absent when there are none", examples = "41")
            String next) {}
}
