package dev.laurel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StampsTest {
    private final Stamps stamps = new Stamps();

    @Test
    void aChangeIsSeenInTheNumberOfTheThing() {
        long before = stamps.of("ann");

        stamps.changed("ann");

        assertThat(stamps.of("ann")).isNotEqualTo(before);
        assertThat(stamps.of("bob")).isZero();
    }

    @Test
    void everythingCanChangeAtOnce() {
        stamps.allChanged();

        assertThat(stamps.of("ann")).isOne();
        assertThat(stamps.of("bob")).isOne();
    }
}
