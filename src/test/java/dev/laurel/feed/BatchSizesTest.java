package dev.laurel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizesTest {
    private static final int MOST = 500;
    private static final String ONE = "one";

    private final BatchSizes sizes = new BatchSizes();

    @Test
    void batchesAreFullUntilOneTakesTooLong() {
        assertThat(sizes.of(ONE, 1, MOST)).isEqualTo(MOST);

        sizes.tookTooLong(ONE, 1, MOST);

        assertThat(sizes.of(ONE, 1, MOST)).isEqualTo(MOST / 2);
        assertThat(sizes.of(ONE, 2, MOST)).isEqualTo(MOST);
        assertThat(sizes.of("other", 1, MOST)).isEqualTo(MOST);
    }

    /** The search for one slow item takes fewer than that; their success says nothing about larger batches. */
    @Test
    void smallerBatchesDoNotMakeItGrow() {
        sizes.tookTooLong(ONE, 1, MOST);

        sizes.succeeded(ONE, 1, 249, MOST);

        assertThat(sizes.of(ONE, 1, MOST)).isEqualTo(MOST / 2);
    }

    @Test
    void aSingleItemIsTheLeast() {
        sizes.tookTooLong(ONE, 1, 1);

        assertThat(sizes.of(ONE, 1, MOST)).isOne();
    }

    @Test
    void fullBatchesMakeItGrowToTheMost() {
        sizes.tookTooLong(ONE, 1, 3);
        int batches = 0;
        while (sizes.of(ONE, 1, MOST) < MOST) {
            sizes.succeeded(ONE, 1, sizes.of(ONE, 1, MOST), MOST);
            batches++;
        }
        assertThat(batches).isBetween(50, 100);
    }

    /** What 400 items at most can do in time: without a memory every batch of 500 would fail first. */
    @Test
    void whereFullBatchesTakeTooLongMostItemsAreDoneAtTheFirstTry() {
        int failed = 0;
        int done = 0;
        for (int turn = 0; turn < 200; turn++) {
            int size = sizes.of(ONE, 1, MOST);
            if (size > 400) {
                failed++;
                sizes.tookTooLong(ONE, 1, size);
            } else {
                done++;
                sizes.succeeded(ONE, 1, size, MOST);
            }
        }
        assertThat(failed).isLessThan(done / 8);
    }
}
