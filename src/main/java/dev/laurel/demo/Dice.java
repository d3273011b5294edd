package dev.laurel.demo;

import java.util.List;
import java.util.SplittableRandom;

/** Pseudo-random numbers that are the same for the same seed, in every process and at every start. */
final class Dice {
    /** The offset basis of the hash FNV-1a in 64 bits. */
    private static final long OFFSET = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private final SplittableRandom random;

    private Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The dice seeded by these names together. */
    static Dice of(Object... names) {
        long hash = OFFSET;
        for (char c : List.of(names).toString().toCharArray()) {
            hash = (hash ^ c) * PRIME;
        }
        return new Dice(hash);
    }

    /** A whole number between both bounds, inclusive. */
    long whole(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /** A number in [0, 1). */
    double share() {
        return random.nextDouble();
    }

    /** A number from the lower bound up to the upper one, more likely in the middle than at the ends. */
    double around(double lower, double upper) {
        return lower + (upper - lower) * (share() + share() + share()) / 3;
    }
}
