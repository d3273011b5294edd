package dev.laurel.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Which failures are those of clients that have gone. */
class HangUpsTest {
    private final HangUps filter = new HangUps();

    @Test
    void clientsThatHaveGoneAreLeftOut() {
        assertThat(filter.isLoggable(failure(new IllegalStateException(new ClosedChannelException()))))
                .isFalse();
        assertThat(filter.isLoggable(failure(new SocketException("Connection reset"))))
                .isFalse();
        assertThat(filter.isLoggable(failure(new IOException("Broken pipe")))).isFalse();
    }

    @Test
    void everythingElseStays() {
        assertThat(filter.isLoggable(failure(null))).isTrue();
        assertThat(filter.isLoggable(failure(new ConnectException("Connection refused"))))
                .isTrue();
        assertThat(filter.isLoggable(failure(new IllegalStateException("wrong"))))
                .isTrue();
    }

    private static LogRecord failure(Throwable thrown) {
        LogRecord entry = new LogRecord(Level.SEVERE, "failed");
        entry.setThrown(thrown);
        return entry;
    }
}
