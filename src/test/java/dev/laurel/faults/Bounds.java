package dev.laurel.faults;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongBinaryOperator;

/**
 * Between which scores a player must be seen at any moment: at least what was acknowledged before the reading began, at
 * most what had been sent when it ended. Holds for scores above zero that only grow; zero means no standing.
 */
final class Bounds {
    private final LongBinaryOperator combine;
    private final AtomicLongArray acknowledged;
    private final AtomicLongArray sent;

    Bounds(boolean best, int players) {
        combine = best ? Math::max : Long::sum;
        acknowledged = new AtomicLongArray(players);
        sent = new AtomicLongArray(players);
    }

    void sending(int player, int score) {
        sent.accumulateAndGet(player, score, combine);
    }

    void acknowledged(int player, int score) {
        acknowledged.accumulateAndGet(player, score, combine);
    }

    long least(int player) {
        return acknowledged.get(player);
    }

    long most(int player) {
        return sent.get(player);
    }

    /** All least scores now. */
    long[] least() {
        return copy(acknowledged);
    }

    /** All greatest scores now. */
    long[] most() {
        return copy(sent);
    }

    private static long[] copy(AtomicLongArray values) {
        long[] copy = new long[values.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values.get(i);
        }
        return copy;
    }
}
