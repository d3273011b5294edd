package dev.laurel.platform.embedded;

import dev.laurel.platform.embedded.program.StoresUnavailableException;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Checks before startup that externally run servers accept connections. */
final class Reachability {
    private static final Logger LOG = Logger.getLogger(Reachability.class);
    private static final int TIMEOUT_MILLIS = 2_000;

    private Reachability() {}

    /**
     * Refuses an unreachable PostgreSQL, which migrations need at startup, and warns of an unreachable Redis.
     *
     * @throws StoresUnavailableException if PostgreSQL does not accept connections
     */
    static void check(StoreAddresses configured) {
        configured
                .postgres()
                .filter(address -> !accepts(address.host(), address.port()))
                .ifPresent(address -> {
                    throw new StoresUnavailableException(
                            "PostgreSQL is configured, but it does not respond.",
                            "Nothing accepted a connection at " + address.host() + ":" + address.port()
                                    + " within 2 seconds.",
                            ServiceStores.canEmbed()
                                    ? "Start it, correct LAUREL_POSTGRES_URL, or leave the addresses out to use embedded stores."
                                    : "Start it, or correct LAUREL_POSTGRES_URL.");
                });
        configured
                .redis()
                .filter(address -> address.host() != null)
                // Of a cluster, or of sentinels, one reachable server is enough.
                .filter(address -> address.servers().noneMatch(server -> accepts(server.host(), server.port())))
                .ifPresent(address -> LOG.warnf(
                        "Redis does not respond at %s: the service continues without it. Start it, %s.",
                        address,
                        ServiceStores.canEmbed()
                                ? "correct LAUREL_REDIS_URL, or leave it out to use an embedded Redis"
                                : "or correct LAUREL_REDIS_URL"));
    }

    static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
