package dev.laurel.cache;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.ToIntFunction;

/** Weighs values, and remembers the largest weight so far. */
final class LargestWeight<V> {
    private final ToIntFunction<V> weight;
    private final LongAccumulator largest = new LongAccumulator(Math::max, 1);

    LargestWeight(ToIntFunction<V> weight) {
        this.weight = weight;
    }

    int of(V value) {
        int weighed = weight.applyAsInt(value);
        largest.accumulate(weighed);
        return weighed;
    }

    long soFar() {
        return largest.get();
    }
}
