package dev.laurel.feed.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

class AttemptsTest {
    private static final int BOUND = 5;
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void aBatchIsTriedWholeUntilTheBound() {
        Attempts attempts = Attempts.NONE;
        for (int i = 1; i < BOUND; i++) {
            attempts = attempts.failed(500, BOUND);

            assertThat(attempts.size(500)).isEqualTo(500);
            assertThat(attempts.isFound()).isFalse();
        }
        assertThat(attempts.failed(500, BOUND).size(500)).isEqualTo(250);
    }

    @Test
    void aBatchThatTakesTooLongIsHalvedAtOnce() {
        Attempts attempts = Attempts.NONE.tookTooLong(500);
        assertThat(attempts.size(500)).isEqualTo(250);

        int tries = 1;
        while (!attempts.isTooSlow(BOUND)) {
            attempts = attempts.tookTooLong(attempts.size(500));
            tries++;
        }
        assertThat(attempts.isFound()).isTrue();
        assertThat(tries).isEqualTo(3 * BOUND);
    }

    @Test
    void delaysGrowUpToABound() {
        assertThat(new Attempts(1, 0).delay(FIRST, LONGEST, false)).isEqualTo(FIRST);
        assertThat(new Attempts(3, 0).delay(FIRST, LONGEST, false)).isEqualTo(Duration.ofMillis(800));
        assertThat(new Attempts(900_000, 0).delay(FIRST, LONGEST, true)).isEqualTo(LONGEST);
    }

    @Test
    void theCulpritIsLookedForWithoutDelayUnlessAStoreIsAway() {
        assertThat(new Attempts(5, 20).delay(FIRST, LONGEST, false)).isEqualTo(Duration.ZERO);
        assertThat(new Attempts(5, 20).delay(FIRST, LONGEST, true)).isEqualTo(Duration.ofMillis(3_200));
    }

    @Test
    void whatSucceedsInTheEndLeavesNoTrace() {
        assertThat(Attempts.NONE.failed(500, BOUND).succeeded(500)).isEqualTo(Attempts.NONE);
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "2,1", "3,2", "500,0", "500,499", "500,250", "499,137", "10000,7777"})
    void theOneCulpritIsFoundAndTheRestIsDoneOnce(int batch, int culprit) {
        Run run = new Run(batch, Set.of(culprit));

        run.toTheEnd();

        assertThat(run.aside).containsExactly(culprit);
        assertThat(run.done).isEqualTo(batch - 1);
        // Once for each halving, and once for each half that was innocent.
        assertThat(run.tries).isLessThan(BOUND + 2 * 16);
    }

    @Test
    void severalCulpritsAreFoundOneAfterTheOther() {
        Run run = new Run(100, Set.of(3, 4, 77));

        run.toTheEnd();

        assertThat(run.aside).containsExactly(3, 4, 77);
        assertThat(run.done).isEqualTo(97);
    }

    /** Items from 0, some of which always fail, worked through as a follower does. */
    private static final class Run {
        private final int items;
        private final Set<Integer> culprits;
        private final Set<Integer> aside = new TreeSet<>();
        private Attempts attempts = Attempts.NONE;
        private int cursor;
        private int done;
        private int tries;

        Run(int items, Set<Integer> culprits) {
            this.items = items;
            this.culprits = culprits;
        }

        void toTheEnd() {
            while (cursor < items) {
                tries++;
                int from = cursor;
                int size = Math.min(attempts.size(items), items - cursor);
                if (culprits.stream().noneMatch(one -> one >= from && one < from + size)) {
                    attempts = attempts.succeeded(size);
                    cursor += size;
                    done += size;
                    continue;
                }
                attempts = attempts.failed(size, BOUND);
                if (attempts.isFound()) {
                    aside.add(cursor++);
                    attempts = Attempts.NONE;
                }
            }
        }
    }
}
