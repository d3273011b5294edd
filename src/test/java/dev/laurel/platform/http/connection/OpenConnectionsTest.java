package dev.laurel.platform.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.client.IpAddress;
import dev.laurel.platform.http.connection.OpenConnections.Refused;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {
    private static final IpAddress ONE = IpAddress.parse("192.0.2.1");
    private static final IpAddress OTHER = IpAddress.parse("192.0.2.2");
    private static final IpAddress PROXY = IpAddress.parse("10.0.0.1");

    private final OpenConnections connections = new OpenConnections(5, 2, PROXY::equals);

    @Test
    void anAddressHasItsPartOfThem() {
        assertThat(connections.open(ONE)).isNull();
        assertThat(connections.open(ONE)).isNull();
        assertThat(connections.open(ONE)).isEqualTo(Refused.ADDRESS);
        assertThat(connections.open(OTHER)).isNull();

        connections.close(ONE);
        assertThat(connections.open(ONE)).as("one is refused, two are open").isEqualTo(Refused.ADDRESS);
        connections.close(ONE);
        connections.close(ONE);
        assertThat(connections.open(ONE)).isNull();
    }

    @Test
    void thoseOfOneNetworkCountTogether() {
        connections.open(IpAddress.parse("2001:db8::1"));
        connections.open(IpAddress.parse("2001:db8::2:1"));

        assertThat(connections.open(IpAddress.parse("2001:db8::3"))).isEqualTo(Refused.ADDRESS);
        assertThat(connections.open(IpAddress.parse("2001:db8:0:1::3"))).isNull();
    }

    @Test
    void aProxyMayHaveAll() {
        for (int i = 0; i < 5; i++) {
            assertThat(connections.open(PROXY)).isNull();
        }
        assertThat(connections.open(PROXY)).isEqualTo(Refused.TOTAL);
        connections.close(PROXY);
        connections.close(PROXY);
        assertThat(connections.total()).isEqualTo(4);
        assertThat(connections.open(ONE)).isNull();
    }
}
