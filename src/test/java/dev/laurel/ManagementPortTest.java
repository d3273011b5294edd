package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ServerSocket;

/** A second service beside the first one finds a port for its health. */
class ManagementPortTest {
    @Test
    void aTakenPortIsPassedOver() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThat(ManagementPort.firstFree(port)).isBetween(port + 1, port + 99);
        }
    }

    @Test
    void aFreePortIsTaken() throws IOException {
        int port;
        try (ServerSocket released = new ServerSocket(0)) {
            port = released.getLocalPort();
        }

        assertThat(ManagementPort.firstFree(port)).isEqualTo(port);
    }
}
