package dev.laurel.platform.embedded;

import java.net.URI;
import java.util.stream.Stream;

/**
 * The address of Redis, or several separated by commas.
 *
 * @param hosts the addresses as the Redis client takes them, credentials included
 */
public record RedisAddress(String hosts) {
    private static final int DEFAULT_PORT = 6379;

    /** Parses {@code redis://:password@host:6379}, {@code host:6379}, or several of them separated by commas. */
    static RedisAddress parse(String text) {
        return new RedisAddress(String.join(
                ",", Stream.of(text.split(",")).map(RedisAddress::withScheme).toList()));
    }

    /** The host of the first address; null where it has none, as for a Unix socket. */
    public String host() {
        return first().getHost();
    }

    /** The port of the first address. */
    public int port() {
        int port = first().getPort();
        return port < 0 ? DEFAULT_PORT : port;
    }

    /** The servers listed, except Unix sockets. */
    Stream<RedisAddress> servers() {
        return Stream.of(hosts.split(",")).map(RedisAddress::new).filter(server -> server.host() != null);
    }

    private URI first() {
        return URI.create(hosts.split(",", 2)[0].strip());
    }

    private static String withScheme(String part) {
        String address = part.strip();
        return address.contains("://") ? address : "redis://" + address;
    }

    /** Without the password, so that the address may be logged. */
    @Override
    public String toString() {
        return host() + ":" + port();
    }
}
