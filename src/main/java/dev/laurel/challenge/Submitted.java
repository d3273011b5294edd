package dev.laurel.challenge;

import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A submission as it is stored.
 *
 * @param rank of its player's best submission; null when this is read for other reasons
 * @param length of the content, in Unicode code points
 * @param score in millionths; null when the challenge compares by length
 * @param metadata JSON object, or null
 * @param content null when it was not asked for
 */
public record Submitted(
        UUID id,
        String challenge,
        String variant,
        String playerId,
        Long rank,
        Instant at,
        int length,
        Long score,
        boolean cleared,
        List<String> tags,
        String metadata,
        String content) {
    /** What is selected of a submission {@code s}, its text {@code t} and its rank and challenge. */
    static final String COLUMNS =
            "s.id, s.variant, s.player_id, s.at_ms, s.length, s.score, s.cleared, s.tags::text AS tags,"
                    + " s.attempt::text AS attempt";

    static Submitted of(Row row) {
        String tags = row.getString("tags");
        return new Submitted(
                row.getUUID("id"),
                row.getString("challenge_id"),
                row.getString("variant"),
                row.getString("player_id"),
                row.getLong("rank"),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                row.getInteger("length"),
                row.getLong("score"),
                row.getBoolean("cleared"),
                tags == null
                        ? List.of()
                        : new JsonArray(tags).stream().map(String.class::cast).toList(),
                row.getString("attempt"),
                row.getString("content"));
    }
}
