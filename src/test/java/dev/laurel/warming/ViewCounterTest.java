package dev.laurel.warming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shared.Tenant;
import dev.laurel.warming.forecast.View;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

/** Counting what is read. */
class ViewCounterTest {
    private static View player(int number) {
        return new View("players", Tenant.DEFAULT, "p" + number, "p" + number);
    }

    @Test
    void aCounterIsBoundedAndTakenOnce() {
        ViewCounter<Integer> counter = new ViewCounter<>(ViewCounterTest::player, true);
        for (int i = 0; i < 3 * ViewCounter.MAX_KEYS; i++) {
            counter.seen(i);
            counter.seen(0);
        }

        Map<View, Long> taken = new HashMap<>();
        counter.take(taken);

        assertThat(taken).hasSize(ViewCounter.MAX_KEYS).containsEntry(player(0), 3L * ViewCounter.MAX_KEYS + 1);
        Map<View, Long> again = new HashMap<>();
        counter.take(again);
        assertThat(again).isEmpty();
    }
}
