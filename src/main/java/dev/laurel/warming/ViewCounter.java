package dev.laurel.warming;

import dev.laurel.warming.forecast.View;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Counts what is read. A count is a look-up and an addition without contention, some tens of nanoseconds; nothing is made of the
 * key before the counts are taken. There is a bound on the number of different keys between two takings: what is read most is
 * hardly ever among the last to come.
 *
 * @param <K> the feature's own key of what is read
 */
public final class ViewCounter<K> {
    static final int MAX_KEYS = 10_000;

    private final Function<K, View> view;
    private final boolean counts;
    private volatile ConcurrentHashMap<K, LongAdder> present = new ConcurrentHashMap<>();

    ViewCounter(Function<K, View> view, boolean counts) {
        this.view = view;
        this.counts = counts;
    }

    /** Notes that something was read. */
    public void seen(K key) {
        if (!counts) {
            return;
        }
        ConcurrentHashMap<K, LongAdder> now = present;
        LongAdder known = now.get(key);
        if (known != null) {
            known.increment();
        } else if (now.size() < MAX_KEYS) {
            now.computeIfAbsent(key, absent -> new LongAdder()).increment();
        }
    }

    /** Adds what was read since the last time to a map. */
    void take(Map<View, Long> into) {
        ConcurrentHashMap<K, LongAdder> taken = present;
        if (taken.isEmpty()) {
            return;
        }
        // What is counted in the old one meanwhile is lost: these are views of nanoseconds.
        present = new ConcurrentHashMap<>();
        taken.forEach((key, count) -> into.merge(view.apply(key), count.sum(), Long::sum));
    }
}
