package dev.laurel.platform.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class RepeatedFaultsTest {
    private final RepeatedFaults repeated = new RepeatedFaults(100);

    @Test
    void theSameOneIsNewAfterAWhile() {
        assertThat(repeated.isNew("a", 0)).isTrue();
        assertThat(repeated.isNew("a", 99)).isFalse();
        assertThat(repeated.isNew("b", 99)).isTrue();
        assertThat(repeated.isNew("a", 100)).isTrue();
        assertThat(repeated.isNew("a", 150)).isFalse();
    }

    @Test
    void notMoreThanSomeAreKnown() {
        IntStream.range(0, 501).forEach(number -> repeated.isNew("fault " + number, 0));

        assertThat(repeated.isNew("fault 500", 1)).isFalse();
        assertThat(repeated.isNew("fault 0", 1)).isTrue();
    }
}
