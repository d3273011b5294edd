package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** What is kept of the warnings, without any event loop. */
class BlockedThreadsTest {
    private final BlockedThreads warnings = new BlockedThreads(time -> Duration.ofMillis(100));

    @Test
    void aWarningFailsOnceAndShowsTheStackOfItsThread() {
        String thread = Thread.currentThread().toString();

        warnings.publish(new LogRecord(Level.WARNING, "Thread " + thread + " has been blocked for 700 ms"));

        assertThatThrownBy(() -> warnings.requireNone("SomeTest"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("blocked during SomeTest")
                .hasMessageContaining("has been blocked for 700 ms")
                .hasMessageContaining("aWarningFailsOnceAndShowsTheStackOfItsThread");
        assertThatCode(() -> warnings.requireNone("SomeTest")).doesNotThrowAnyException();
    }

    @Test
    void aThreadThatTheProcessDidNotRunWasNotHeld() {
        warnings.publish(new LogRecord(Level.WARNING, "Thread a has been blocked for 1057 ms, time limit is 1000 ms"));
        assertThat(warnings.isEmpty()).isTrue();

        warnings.publish(new LogRecord(Level.WARNING, "Thread a has been blocked for 1157 ms, time limit is 1000 ms"));
        assertThat(warnings.isEmpty()).isFalse();
    }

    @Test
    void pausesAreAddedUp() {
        AtomicLong now = new AtomicLong();
        ProcessPauses pauses = new ProcessPauses(() -> TimeUnit.MILLISECONDS.toNanos(now.get()));
        for (int late : new int[] {0, 300, 200, 260}) {
            now.addAndGet(20 + late);
            pauses.beat();
        }
        now.addAndGet(320);

        assertThat(pauses.within(Duration.ofMillis(350))).isEqualTo(Duration.ofMillis(560));
        assertThat(pauses.within(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(860));
    }

    @Test
    void whatIsNoWarningDoesNotFail() {
        warnings.publish(new LogRecord(Level.INFO, "all is well"));

        assertThat(warnings.isEmpty()).isTrue();
    }
}
