package dev.laurel.platform.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.platform.embedded.program.Ports;
import dev.laurel.platform.embedded.program.StoresUnavailableException;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

class ReachabilityTest {
    @Test
    void anUnreachablePostgresIsRefusedInThreeLines() {
        int port = Ports.free();

        assertThatThrownBy(() -> Reachability.check(postgresAt(port)))
                .isInstanceOf(StoresUnavailableException.class)
                .hasMessageContainingAll("PostgreSQL", "127.0.0.1:" + port, "LAUREL_POSTGRES_URL")
                .extracting(failure -> failure.getMessage().lines().count())
                .isEqualTo(3L);
    }

    @Test
    void aPostgresThatAcceptsConnectionsIsFine() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatCode(() -> Reachability.check(postgresAt(server.getLocalPort())))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void anUnreachableRedisIsNoReasonToRefuse() {
        RedisAddress redis = RedisAddress.parse("127.0.0.1:" + Ports.free());

        assertThatCode(() -> Reachability.check(StoreAddresses.of(Optional.empty(), Optional.of(redis))))
                .doesNotThrowAnyException();
    }

    private static StoreAddresses postgresAt(int port) {
        PostgresAddress address = PostgresAddress.parse("postgresql://127.0.0.1:" + port + "/laurel");
        return StoreAddresses.of(Optional.of(address), Optional.empty());
    }
}
