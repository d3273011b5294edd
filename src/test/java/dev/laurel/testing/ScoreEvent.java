package dev.laurel.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One submission as a client sends it; {@code eventId} and {@code occurredAt} may be null.
 *
 * @param metrics the numbers of the further metrics by name
 */
public record ScoreEvent(
        String playerId, BigDecimal score, String eventId, Instant occurredAt, Map<String, BigDecimal> metrics) {

    /** A submission of a score alone. */
    public ScoreEvent(String playerId, BigDecimal score, String eventId, Instant occurredAt) {
        this(playerId, score, eventId, occurredAt, Map.of());
    }

    /** A submission without an id or a time of its own. */
    public static ScoreEvent of(String playerId, String score) {
        return new ScoreEvent(playerId, new BigDecimal(score), null, null);
    }

    public ScoreEvent withId(String id) {
        return new ScoreEvent(playerId, score, id, occurredAt, metrics);
    }

    public ScoreEvent at(Instant instant) {
        return new ScoreEvent(playerId, score, eventId, instant, metrics);
    }

    public ScoreEvent at(String instant) {
        return at(Instant.parse(instant));
    }

    /** The request body; the number is written plainly, never with an exponent. */
    public String json() {
        StringBuilder body = new StringBuilder("{\"playerId\":")
                .append(Wire.quoted(playerId))
                .append(",\"score\":")
                .append(score.toPlainString());
        if (eventId != null) {
            body.append(",\"eventId\":\"").append(eventId).append('"');
        }
        if (occurredAt != null) {
            body.append(",\"occurredAt\":\"").append(occurredAt).append('"');
        }
        return body.append(metricsJson()).append('}').toString();
    }

    /** The member of a body that holds the further metrics, behind a comma; empty without any. */
    String metricsJson() {
        if (metrics.isEmpty()) {
            return "";
        }
        return metrics.entrySet().stream()
                .map(one -> '"' + one.getKey() + "\":" + one.getValue().toPlainString())
                .collect(Collectors.joining(",", ",\"metrics\":{", "}"));
    }
}
