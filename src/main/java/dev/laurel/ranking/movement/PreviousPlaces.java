package dev.laurel.ranking.movement;

import java.time.Instant;
import java.util.Map;

/**
 * The ranks that movements are measured against.
 *
 * @param ranks by player, without those who were not ranked then
 * @param since when they were read; null for those of a previous window, and when no ranks of the day are kept
 */
public record PreviousPlaces(Map<String, Long> ranks, Instant since) {
    /** Nobody was ranked, as far as is known. */
    public static final PreviousPlaces NONE = new PreviousPlaces(Map.of(), null);
}
