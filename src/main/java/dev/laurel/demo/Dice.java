package dev.laurel.demo;

import java.util.List;
import java.util.SplittableRandom;

/** Random numbers that are the same for the same seed, in every process and at every start. */
final class Dice {
    /** Of the hash FNV-1a in 64 bits. */
    private static final long OFFSET = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private final SplittableRandom random;

    private Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The dice of what these name together. */
    static Dice of(Object... names) {
        long hash = OFFSET;
        for (char c : List.of(names).toString().toCharArray()) {
            hash = (hash ^ c) * PRIME;
        }
        return new Dice(hash);
    }

    /** A whole number of both bounds and between. */
    long whole(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /** A number from 0 up to 1. */
    double share() {
        return random.nextDouble();
    }

    /** A number from the lower bound up to the upper one, which the middle is likelier than the ends. */
    double around(double lower, double upper) {
        return lower + (upper - lower) * (share() + share() + share()) / 3;
    }
}
