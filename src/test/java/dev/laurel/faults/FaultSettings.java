package dev.laurel.faults;

import java.util.SplittableRandom;

/**
 * How much is done, and the seed from which all chance comes.
 *
 * <p>{@code -Dlaurel.faults.form=long} takes the figures of the long form; {@code -Dlaurel.faults.<name>=…} sets one.
 */
final class FaultSettings {
    private static final String PREFIX = "laurel.faults.";

    static final boolean LONG = "long".equals(System.getProperty(PREFIX + "form"));
    static final long SEED = seed();

    private FaultSettings() {}

    /** A figure: the one that was set, else that of the form. */
    static int figure(String name, int brief, int full) {
        return Integer.getInteger(PREFIX + name, LONG ? full : brief);
    }

    /** Chance of one's own for a part of a scenario: the same for the same seed, whatever other parts drew. */
    static SplittableRandom random(String part) {
        long mixed = SEED;
        for (int i = 0; i < part.length(); i++) {
            mixed = mixed * 0x5DEECE66DL + part.charAt(i) + 11;
        }
        return new SplittableRandom(mixed);
    }

    private static long seed() {
        String given = System.getProperty(PREFIX + "seed", "");
        return given.isBlank() ? System.nanoTime() & 0xFFFF_FFFFL : Long.parseLong(given);
    }
}
