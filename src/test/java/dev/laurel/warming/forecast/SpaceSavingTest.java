package dev.laurel.warming.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** The most frequent items in bounded memory, against counts of everything. */
class SpaceSavingTest {
    @Test
    void whatFitsIsCountedExactly() {
        SpaceSaving<String> counts = new SpaceSaving<>(3);
        counts.add("a", 2);
        counts.add("b", 5);
        counts.add("a", 1);

        assertThat(counts.take(10)).isEqualTo(Map.of("a", 3L, "b", 5L));
        assertThat(counts.take(10)).isEmpty();

        counts.add("a", 4);
        assertThat(counts.take(1)).as("of the most frequent one").isEqualTo(Map.of("a", 4L));
    }

    /** Of an uneven stream the frequent items are found, never with more than they have, however many others there are. */
    @Test
    void theFrequentItemsAreFoundAmongMany() {
        Random random = new Random(7);
        SpaceSaving<Integer> counts = new SpaceSaving<>(100);
        Map<Integer, Long> all = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            int item = random.nextInt(3) == 0 ? random.nextInt(20) : 100 + random.nextInt(5_000);
            counts.add(item, 1);
            all.merge(item, 1L, Long::sum);
        }

        Map<Integer, Long> taken = counts.take(20);

        assertThat(counts.size()).isEqualTo(100);
        assertThat(taken.keySet()).allMatch(item -> item < 20).hasSize(20);
        taken.forEach((item, times) -> assertThat(times).isLessThanOrEqualTo(all.get(item)));
    }

    @Test
    void whatIsTakenIsNeverMoreThanWasAdded() {
        Random random = new Random(11);
        SpaceSaving<Integer> counts = new SpaceSaving<>(5);
        Map<Integer, Long> all = new HashMap<>();
        Map<Integer, Long> taken = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            int item = random.nextInt(12);
            counts.add(item, 1);
            all.merge(item, 1L, Long::sum);
            if (random.nextInt(50) == 0) {
                counts.take(3).forEach((one, times) -> taken.merge(one, times, Long::sum));
            }
        }

        taken.forEach((item, times) -> assertThat(times).isPositive().isLessThanOrEqualTo(all.get(item)));
    }
}
