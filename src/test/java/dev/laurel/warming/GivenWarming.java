package dev.laurel.warming;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Settings of a test. */
record GivenWarming(int remembered, int atMost, Duration atMostFor) implements WarmingConfig {
    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Duration halfLife() {
        return Duration.ofDays(14);
    }

    @Override
    public Duration ahead() {
        return Duration.ofMinutes(1);
    }

    @Override
    public double share() {
        return 1;
    }

    @Override
    public Optional<Integer> quietHour() {
        return Optional.empty();
    }

    @Override
    public String lookEvery() {
        return "off";
    }

    @Override
    public Duration keepEvery() {
        return Duration.ofMinutes(5);
    }
}
