package dev.laurel.achievement;

import dev.laurel.shared.Period;

import java.time.Instant;

/**
 * How an achievement is awarded.
 *
 * @param secret whether it is shown to holders only
 * @param revocable whether an award is taken back when a correction removes its ground
 * @param repeats the period for each of whose windows there is an award; null for one award
 * @param validFrom the first instant at which it can be reached; null for always
 * @param validTo the first instant at which it no longer can; null for never
 * @param segment to which a player has to belong; null for none
 * @param first how many players have it, the first ones who reach it; null for all
 */
public record Terms(
        boolean secret,
        boolean revocable,
        Period repeats,
        Instant validFrom,
        Instant validTo,
        String segment,
        Integer first) {
    /** Largest number of players to whom an achievement can be limited. */
    public static final int MAX_FIRST = 1_000;

    /** An achievement that anybody reaches once and for ever. */
    public static final Terms USUAL = new Terms(false, false, null, null, null, null, null);
}
