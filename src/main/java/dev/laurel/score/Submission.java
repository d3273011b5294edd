package dev.laurel.score;

import java.time.Instant;

/**
 * A score event as a client submits it.
 *
 * @param score a number as written, in the board's decimals
 * @param eventId chosen by the client, or null
 * @param occurredAt null for now
 * @param attributes JSON object, or null
 */
public record Submission(String playerId, String score, String eventId, Instant occurredAt, String attributes) {}
