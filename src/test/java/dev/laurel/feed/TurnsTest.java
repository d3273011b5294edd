package dev.laurel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns<String> turns = new Turns<>(2);

    @Test
    void theyBeginInTheOrderInWhichTheyWereWokenUpEachOnce() {
        turns.wake("a");
        turns.wake("b");
        turns.wake("a");

        assertThat(turns.next()).isEqualTo("a");
        assertThat(turns.next()).isEqualTo("b");
        assertThat(turns.next()).isNull();
    }

    @Test
    void onlySoManyAreAtWorkAtOnce() {
        turns.wake("a");
        turns.wake("b");
        turns.wake("c");
        turns.next();
        turns.next();

        assertThat(turns.next()).isNull();
        assertThat(turns.atWork()).isEqualTo(2);
        turns.end("a");
        assertThat(turns.next()).isEqualTo("c");
    }

    @Test
    void whoIsWokenUpAtWorkHearsOfItInTheEnd() {
        turns.wake("a");
        turns.next();
        turns.wake("a");

        assertThat(turns.next()).isNull();
        assertThat(turns.end("a")).isTrue();
        assertThat(turns.next()).isNull();
    }

    @Test
    void aBusyOneGoesBehindThoseWhoWait() {
        turns.wake("busy");
        turns.next();
        turns.wake("b");
        turns.wake("c");
        turns.end("busy");
        turns.wake("busy");

        assertThat(turns.next()).isEqualTo("b");
        assertThat(turns.next()).isEqualTo("c");
        turns.end("b");
        assertThat(turns.next()).isEqualTo("busy");
    }
}
