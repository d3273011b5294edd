package dev.laurel.challenge;

import dev.laurel.board.SortOrder;
import dev.laurel.challenge.ChallengeDefinition.Measure;
import dev.laurel.score.Submission;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;

/**
 * A submission as PostgreSQL takes it ({@code record_submissions}).
 *
 * @param id follows from the key of the attempt, if it has one: a repetition has the same
 * @param hash distinguishes the content of an attempt from that of another one under the same key
 */
record SubmissionDocument(Challenge challenge, String variant, Attempt attempt, UUID id, long hash) {
    private static final String EVENT = "~clear-";

    static SubmissionDocument of(Challenge challenge, String variant, Attempt attempt) {
        UUID id =
                attempt.key() == null ? UUID.randomUUID() : id(digest(challenge.number() + "\0" + attempt.storedKey()));
        return new SubmissionDocument(challenge, variant, attempt, id, hash(variant, attempt));
    }

    /** In the layout of a UUID that is made by rules of its own (version 8 of RFC 9562). */
    private static UUID id(ByteBuffer digest) {
        long most = digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
        long least = digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    private static long hash(String variant, Attempt attempt) {
        return digest(variant
                        + '\0'
                        + attempt.playerId()
                        + '\0'
                        + attempt.units()
                        + '\0'
                        + attempt.cleared()
                        + '\0'
                        + attempt.tags()
                        + '\0'
                        + attempt.metadata()
                        + '\0'
                        + attempt.content())
                .getLong();
    }

    private static ByteBuffer digest(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The id of the event that the points are, which no client can choose. */
    String eventId() {
        return eventId(id);
    }

    private static String eventId(UUID submission) {
        return EVENT + submission;
    }

    /** The submission whose points an event is. */
    static UUID submission(String eventId) {
        return UUID.fromString(eventId.substring(EVENT.length()));
    }

    /** The document of a submission that clears nothing. */
    String text(Instant at) {
        return json(at).encode();
    }

    /** The document of one that clears the variant, and may earn points. */
    String text(Instant at, int board) {
        return json(at).put(
                        "points", challenge.definition().variants().get(variant).points())
                .put("board", board)
                .put("event", eventId())
                .encode();
    }

    /** The event that the points are. */
    Submission points() {
        JsonObject attributes =
                new JsonObject().put("challenge", challenge.key().id()).put("variant", variant);
        return new Submission(
                attempt.playerId(),
                Integer.toString(challenge.definition().variants().get(variant).points()),
                Collections.emptySortedMap(),
                null,
                null,
                attributes.encode());
    }

    private JsonObject json(Instant at) {
        boolean descending = challenge.definition().order() == SortOrder.DESC;
        long value = challenge.definition().measure() == Measure.LENGTH ? attempt.length() : attempt.units();
        JsonObject json = new JsonObject()
                .put("challenge", challenge.number())
                .put("revision", challenge.revision())
                .put("tenant", challenge.key().tenant().id())
                .put("variant", variant)
                .put("player", attempt.playerId())
                .put("id", id.toString())
                .put("hash", hash)
                .put("content", attempt.content())
                .put("length", attempt.length())
                .put("score", attempt.units())
                .put("sort", descending ? -value : value)
                .put("descending", descending)
                .put("cleared", attempt.cleared())
                .put("at", at.toEpochMilli());
        if (!attempt.tags().isEmpty()) {
            json.put("tags", new JsonArray(attempt.tags()));
        }
        if (attempt.metadata() != null) {
            json.put("attempt", attempt.metadata());
        }
        return json;
    }
}
