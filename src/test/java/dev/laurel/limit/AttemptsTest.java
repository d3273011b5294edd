package dev.laurel.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

class AttemptsTest {
    private static final Instant START = Instant.parse("2026-05-13T12:00:00Z");

    private Instant now = START;
    private final Attempts attempts = new Attempts(3, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    @Test
    void thoseOfAMinuteAreThereAtOnceAndComeBackEvenly() {
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.isExhausted("a")).isFalse();
            attempts.failed("a");
        }
        assertThat(attempts.isExhausted("a")).isTrue();
        assertThat(attempts.isExhausted("b")).isFalse();

        now = now.plusSeconds(20);
        assertThat(attempts.isExhausted("a")).isFalse();
    }

    @Test
    void aFloodIsForgottenAsSoonAsAFewAre() {
        for (int i = 0; i < 10_000; i++) {
            attempts.failed("a");
        }

        now = now.plusSeconds(20);
        assertThat(attempts.isExhausted("a")).isFalse();
        attempts.failed("a");
        assertThat(attempts.isExhausted("a")).isTrue();
    }
}
