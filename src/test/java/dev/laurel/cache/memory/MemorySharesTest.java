package dev.laurel.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cache.registry.ManagedCache.Demand;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class MemorySharesTest {
    private static final long MIB = 1 << 20;

    private static Demand full(long most) {
        return new Demand(most, 1_000, most);
    }

    private static Demand empty(long most) {
        return new Demand(0, 0, most);
    }

    @Test
    void whatFitsIsNotBounded() {
        assertThat(MemoryShares.of(100 * MIB, List.of(full(30 * MIB), empty(20 * MIB))))
                .containsExactly(30 * MIB, 20 * MIB);
    }

    @Test
    void cachesThatAreAllFullShareByTheirOwnBounds() {
        assertThat(MemoryShares.of(10 * MIB, List.of(full(30 * MIB), full(10 * MIB))))
                .containsExactly(15 * MIB / 2, 5 * MIB / 2);
    }

    @Test
    void whatOneDoesNotNeedAnotherGets() {
        long[] shares = MemoryShares.of(10 * MIB, List.of(full(100 * MIB), empty(100 * MIB)));

        assertThat(shares[0]).isGreaterThan(9 * MIB);
    }

    @Test
    void aLargeValueFitsIntoTheShareOfItsCache() {
        long[] shares =
                MemoryShares.of(10 * MIB, List.of(new Demand(0, 2 * MIB, 5 * MIB), empty(100 * MIB), empty(100 * MIB)));

        assertThat(shares[0]).isGreaterThanOrEqualTo(4 * MIB);
    }

    @Test
    void sharesNeverExceedTheWholeNorWhatACacheCouldTake() {
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 5_000; trial++) {
            long whole = random.nextLong(1, 1_000_000);
            List<Demand> demands = new ArrayList<>();
            for (int cache = random.nextInt(1, 40); cache > 0; cache--) {
                long most = random.nextLong(0, 500_000);
                demands.add(new Demand(random.nextLong(0, most + 1), random.nextLong(0, 10_000), most));
            }

            long[] shares = MemoryShares.of(whole, demands);

            long wanted = demands.stream().mapToLong(Demand::most).sum();
            assertThat(Arrays.stream(shares).sum())
                    .isLessThanOrEqualTo(whole)
                    // But for what rounding takes.
                    .isGreaterThanOrEqualTo(Math.min(whole, wanted) - 4L * demands.size());
            for (int cache = 0; cache < shares.length; cache++) {
                assertThat(shares[cache]).isBetween(0L, demands.get(cache).most());
            }
        }
    }
}
