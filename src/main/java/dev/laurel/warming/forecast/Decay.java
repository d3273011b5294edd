package dev.laurel.warming.forecast;

import java.time.Duration;
import java.time.Instant;

/** What a count still weighs after a time: half after each half-life. */
public record Decay(Duration halfLife) {
    public double at(Instant now, double weight, Instant counted) {
        double age = Math.max(0, Duration.between(counted, now).toMillis());
        return weight * Math.pow(0.5, age / halfLife.toMillis());
    }
}
