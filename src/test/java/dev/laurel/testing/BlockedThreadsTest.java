package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.logging.Level;
import java.util.logging.LogRecord;

/** What is kept of the warnings, without any event loop. */
class BlockedThreadsTest {
    private final BlockedThreads warnings = new BlockedThreads();

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
    void whatIsNoWarningDoesNotFail() {
        warnings.publish(new LogRecord(Level.INFO, "all is well"));

        assertThat(warnings.isEmpty()).isTrue();
    }
}
