package dev.laurel.auditlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Row;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An entry of the audit log.
 *
 * @param number grows with time
 * @param target the path; {@code {player}} stands for a player who has been erased
 * @param playerId null when the action was about no single player, and when the player has been erased
 * @param endedAt null while it is under way, and when its outcome is not known
 * @param status of the response; null as long as {@code endedAt} is
 * @param before what was stored then, of what the action has changed; null when that is not known, or was nothing
 * @param after what was stored afterwards, of what the action has changed; null when that is not known, or is nothing
 */
public record AuditEntry(
        long number,
        Instant at,
        String actorKind,
        String actor,
        String address,
        String operation,
        String method,
        String target,
        String playerId,
        Map<String, Object> parameters,
        Instant endedAt,
        Integer status,
        Map<String, Object> before,
        Map<String, Object> after) {
    /** In the order in which {@link #of} reads them. */
    public static final String COLUMNS =
            "l.id, l.at, l.actor_kind, l.actor, l.address, l.operation, l.method, l.target, l.player_id, l.parameters::text, "
                    + "o.at, o.status, o.changed, l.before::text, o.after::text";

    /** The tables that the columns are of. */
    public static final String TABLES = "audit_log l LEFT JOIN audit_outcome o ON o.id = l.id";

    private static final String PLAYER = "{player}";

    /** Unlike the one for requests, it accepts fields without a value. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    public static AuditEntry of(Row row) {
        String player = row.getString(8);
        Map<String, Object> before = Map.of();
        Map<String, Object> after = Map.of();
        if (Boolean.TRUE.equals(row.getBoolean(12))) {
            before = map(row.getString(13));
            after = map(row.getString(14));
        }
        return new AuditEntry(
                row.getLong(0),
                instant(row.getOffsetDateTime(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                player == null ? row.getString(7) : row.getString(7).replace(PLAYER, player),
                player,
                map(row.getString(9)),
                instant(row.getOffsetDateTime(10)),
                row.getShort(11) == null ? null : row.getShort(11).intValue(),
                different(before, after),
                different(after, before));
    }

    private static Instant instant(OffsetDateTime at) {
        return at == null ? null : at.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Map<String, Object> map(String stored) {
        if (stored == null) {
            return Map.of();
        }
        try {
            return JSON.readValue(stored, FIELDS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL has sent what is no JSON", e);
        }
    }

    /** The fields whose values the other one does not have; null when there are none. */
    private static Map<String, Object> different(Map<String, Object> own, Map<String, Object> other) {
        Map<String, Object> fields = new LinkedHashMap<>();
        own.forEach((name, value) -> {
            if (!Objects.equals(value, other.get(name))) {
                fields.put(name, value);
            }
        });
        return fields.isEmpty() ? null : fields;
    }

    /** How the action ended. */
    public Outcome outcome() {
        if (status == null) {
            return Outcome.UNKNOWN;
        }
        if (status >= 500) {
            return Outcome.FAILED;
        }
        return status >= 400 ? Outcome.REFUSED : Outcome.DONE;
    }

    /** How an action ended. */
    public enum Outcome {
        DONE,
        REFUSED,
        FAILED,
        /** It is under way, or its process or PostgreSQL was lost meanwhile. */
        UNKNOWN
    }
}
