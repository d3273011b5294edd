package dev.laurel.tier;

/**
 * The tiers of a board as they are stored.
 *
 * @param number another one for each time that a board gets tiers
 * @param revision grows with every change
 * @param drops grows when what has been computed before must not be used any more
 */
public record BoardTiers(long number, int revision, long drops, TierDefinition definition) {
    /** Identifies this definition: it changes with every change, and never recurs. */
    public String version() {
        return number + "." + revision;
    }
}
