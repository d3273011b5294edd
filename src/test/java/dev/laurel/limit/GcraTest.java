package dev.laurel.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.util.Random;

class GcraTest {
    private static final long MINUTE = 60_000_000;
    private static final long START = 1_700_000_000_000_000L;

    /** A bucket of tokens that fills evenly, counted in millionths of a token: the same limit, described another way. */
    private static final class Tokens {
        private final long capacity;
        private final long perMicro;
        private long level;
        private long at;

        /** @param limit divides the window, so that no fraction is lost */
        Tokens(long limit, long now) {
            this.capacity = limit * MINUTE;
            this.perMicro = limit;
            this.level = capacity;
            this.at = now;
        }

        boolean take(long now, long count) {
            level = Math.min(capacity, level + (now - at) * perMicro);
            at = now;
            boolean enough = level >= count * MINUTE;
            level -= enough ? count * MINUTE : 0;
            return enough;
        }
    }

    @RepeatedTest(20)
    void itDecidesAsABucketOfTokensDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long limit = new long[] {1, 5, 60, 600, 60_000}[random.nextInt(5)];
        Gcra rule = Gcra.of(limit, MINUTE);
        long now = START;
        Tokens tokens = new Tokens(limit, now);
        long whole = 0;
        for (int i = 0; i < 2_000; i++) {
            now += random.nextInt(4) == 0 ? 0 : random.nextLong(2 * MINUTE / limit);
            long count = 1 + random.nextLong(Math.max(1, limit / 20));
            boolean free = rule.free(whole, now) >= count;

            assertThat(free).as("request %d, seed %d", i, seed).isEqualTo(tokens.take(now, count));
            assertThat(rule.wait(whole, now, count) == 0)
                    .as("wait, seed %d", seed)
                    .isEqualTo(free);
            if (free) {
                whole = rule.after(whole, now, count);
            } else {
                long then = now + rule.wait(whole, now, count);
                assertThat(rule.free(whole, then))
                        .as("after the wait, seed %d", seed)
                        .isGreaterThanOrEqualTo(count);
                assertThat(rule.free(whole, then - 1))
                        .as("before its end, seed %d", seed)
                        .isLessThan(count);
            }
        }
    }

    @Test
    void whatIsNotUsedIsNotSavedBeyondTheLimit() {
        Gcra rule = Gcra.of(60, MINUTE);

        assertThat(rule.free(0, START)).isEqualTo(60);
        assertThat(rule.free(START - 10 * MINUTE, START)).isEqualTo(60);
        assertThat(rule.free(START + MINUTE, START)).isZero();
        assertThat(rule.free(START + 10 * MINUTE, START)).isZero();
    }

    @Test
    void aShareIsAPartOfThePermitsAndOneAtLeast() {
        Gcra share = Gcra.of(60, MINUTE).share(3);

        assertThat(share.free(0, START)).isEqualTo(20);
        assertThat(share.cost(20)).isEqualTo(MINUTE);
        assertThat(Gcra.of(1, MINUTE).share(4).free(0, START)).isEqualTo(1);
        assertThat(Gcra.of(7, MINUTE).share(1).free(0, START)).isEqualTo(7);
    }

    @Test
    void aLimitIsPositive() {
        assertThatThrownBy(() -> Gcra.of(0, MINUTE)).isInstanceOf(IllegalArgumentException.class);
    }
}
