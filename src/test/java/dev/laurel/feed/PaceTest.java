package dev.laurel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

class PaceTest {
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long NOW = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONG_AGO = Long.MAX_VALUE;

    private final Pace pace = new Pace(Duration.ofSeconds(5));

    @Test
    void aShortTurnIsFollowedByAShortRestAndALongOneByABoundedOne() {
        assertThat(pace.rest(Outcome.DONE, 0, NOW)).isEqualTo(10);
        assertThat(pace.rest(Outcome.DONE, TURN, NOW)).isEqualTo(160);
        assertThat(pace.rest(Outcome.DONE, 100 * TURN, NOW)).isEqualTo(200);
        assertThat(pace.rest(Outcome.HELD, TURN, LONG_AGO)).isEqualTo(160);
    }

    @Test
    void aBacklogWaitsForWritersUntilItsFirstItemIsTooOld() {
        assertThat(pace.rest(Outcome.more(Duration.ofSeconds(1)), TURN, NOW)).isEqualTo(320);
        assertThat(pace.rest(Outcome.more(Duration.ofMillis(4_999)), 100 * TURN, NOW))
                .isEqualTo(1_000);
        assertThat(pace.rest(Outcome.more(Duration.ofSeconds(5)), TURN, NOW)).isZero();
    }

    @Test
    void aBacklogWaitsForNobodyWhenNothingIsWritten() {
        assertThat(pace.rest(Outcome.more(Duration.ofSeconds(1)), TURN, LONG_AGO))
                .isZero();
    }

    @Test
    void withoutPatienceABacklogNeverWaits() {
        assertThat(new Pace(Duration.ZERO).rest(Outcome.more(Duration.ZERO), TURN, NOW))
                .isZero();
    }
}
