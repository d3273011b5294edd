package dev.laurel.faults;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The longest times of a scenario's rounds. */
final class Worst {
    private final Map<String, Duration> times = new TreeMap<>();

    synchronized Worst of(String what, Duration time) {
        times.merge(what, time, (one, other) -> one.compareTo(other) > 0 ? one : other);
        return this;
    }

    @Override
    public synchronized String toString() {
        return times.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue().toMillis() + " ms")
                .collect(Collectors.joining(", "));
    }
}
