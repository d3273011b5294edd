package dev.laurel.platform.meters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointsTest {
    private static final long TENTH_OF_A_MILLISECOND = 100_000;

    private final Checkpoints checkpoints = new Checkpoints();

    private String written() {
        StringBuilder out = new StringBuilder();
        checkpoints.write(out, TENTH_OF_A_MILLISECOND);
        return out.toString();
    }

    @Test
    void stepsOfTheSameNameAreAddedUp() {
        checkpoints.add("sql", 1_000_000, true);
        checkpoints.add("serialise", 250_000, true);
        checkpoints.add("sql", 2_005_000, true);

        assertThat(written()).isEqualTo("sql;dur=3.005, serialise;dur=0.250, ");
    }

    @Test
    void stepsBelowATenthOfAMillisecondAreLeftOut() {
        checkpoints.add("validate", 99_999, true);
        checkpoints.add("queue", 100_000, true);

        assertThat(written()).isEqualTo("queue;dur=0.100, ");
        assertThat(checkpoints.steps(TENTH_OF_A_MILLISECOND)).containsExactly(new Step("queue", 100_000, true));
    }

    @Test
    void shortStepsCountTogether() {
        checkpoints.add("sql", 60_000, true);
        checkpoints.add("sql", 60_000, true);

        assertThat(written()).isEqualTo("sql;dur=0.120, ");
    }

    @Test
    void waitsWithinAWaitCountOnce() {
        long started = System.nanoTime();
        checkpoints.begin();
        for (int i = 0; i < 1_000; i++) {
            checkpoints.begin();
            checkpoints.begin();
            checkpoints.end("cache");
            checkpoints.end("cache");
        }
        assertThat(checkpoints.steps(0)).isEmpty();
        checkpoints.end("cache");

        assertThat(checkpoints.steps(0)).hasSize(1);
        assertThat(checkpoints.steps(0).get(0).nanos()).isBetween(0L, System.nanoTime() - started);
        assertThat(written()).as("what clients see").isEmpty();
    }

    @Test
    void statementsAreNotForClients() {
        checkpoints.add("sql", 1_000_000, false);

        assertThat(written()).isEmpty();
        assertThat(checkpoints.steps(0)).hasSize(1);
    }

    @Test
    void thereIsABound() {
        for (int i = 0; i < 1_000; i++) {
            checkpoints.add("step" + i, 1_000_000, true);
        }

        assertThat(written().length()).isLessThan(1_024);
    }
}
