package dev.laurel.testing;

import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of the service in tests: the system's, until a test moves it to another instant, from where it goes on or
 * stands still. It stands in for the service's own clock, so jobs go by it too; who moves it puts it back.
 *
 * <p>Move it into the past: in the future, jobs would close windows that other tests still write to.
 */
@Singleton
public class TestClock extends Clock {
    private static final Clock SYSTEM = Clock.systemUTC();

    private volatile Clock now = SYSTEM;

    /** From this instant on, at the pace of the system. */
    public void moveTo(Instant instant) {
        now = Clock.offset(SYSTEM, Duration.between(SYSTEM.instant(), instant));
    }

    /** This instant, until the clock is moved again. */
    public void stopAt(Instant instant) {
        now = Clock.fixed(instant, ZoneOffset.UTC);
    }

    /** The system's time again. */
    public void reset() {
        now = SYSTEM;
    }

    @Override
    public Instant instant() {
        return now.instant();
    }

    @Override
    public long millis() {
        return now.millis();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The service asks this clock for instants only");
    }
}
