package dev.laurel.testing;

import java.math.BigDecimal;
import java.time.Instant;

/** One submission as a client sends it; {@code eventId} and {@code occurredAt} may be null. */
public record ScoreEvent(String playerId, BigDecimal score, String eventId, Instant occurredAt) {

    /** A submission without an id or a time of its own. */
    public static ScoreEvent of(String playerId, String score) {
        return new ScoreEvent(playerId, new BigDecimal(score), null, null);
    }

    public ScoreEvent withId(String id) {
        return new ScoreEvent(playerId, score, id, occurredAt);
    }

    public ScoreEvent at(Instant instant) {
        return new ScoreEvent(playerId, score, eventId, instant);
    }

    public ScoreEvent at(String instant) {
        return at(Instant.parse(instant));
    }

    /** The request body; the number is written plainly, never with an exponent. */
    public String json() {
        StringBuilder body = new StringBuilder("{\"playerId\":\"")
                .append(playerId)
                .append("\",\"score\":")
                .append(score.toPlainString());
        if (eventId != null) {
            body.append(",\"eventId\":\"").append(eventId).append('"');
        }
        if (occurredAt != null) {
            body.append(",\"occurredAt\":\"").append(occurredAt).append('"');
        }
        return body.append('}').toString();
    }
}
