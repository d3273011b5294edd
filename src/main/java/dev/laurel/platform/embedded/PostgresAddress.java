package dev.laurel.platform.embedded;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The address of a PostgreSQL database and the credentials for it.
 *
 * @param location scheme, host, port, database and options, without credentials
 * @param user the role, if known here
 * @param password its password, if known here
 */
public record PostgresAddress(URI location, Optional<String> user, Optional<String> password) {
    private static final int DEFAULT_PORT = 5432;
    private static final String JDBC = "jdbc:";
    private static final String REACTIVE = "vertx-reactive:";

    /**
     * Parses {@code postgresql://user:password@host:5432/db}, also with the prefixes that JDBC and reactive drivers
     * add.
     *
     * @throws IllegalArgumentException if the text is not such an address
     */
    static PostgresAddress parse(String text) {
        URI uri = URI.create(withoutPrefix(text));
        boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!known || uri.getHost() == null) {
            throw new IllegalArgumentException("not of the form postgresql://user:password@host:5432/database");
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        String database = uri.getRawPath().length() < 2 ? "/laurel" : uri.getRawPath();
        String options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        URI location = URI.create("postgresql://" + uri.getHost() + ":" + port + database + options);
        return new PostgresAddress(location, credential(uri, 0), credential(uri, 1));
    }

    public String host() {
        return location.getHost();
    }

    public int port() {
        return location.getPort();
    }

    /** The address as the reactive client takes it. */
    public String reactiveUrl() {
        return location.toString();
    }

    /** The address as JDBC takes it. */
    public String jdbcUrl() {
        return JDBC + location;
    }

    /** This address with the given credentials where they are present. */
    PostgresAddress with(Optional<String> otherUser, Optional<String> otherPassword) {
        return new PostgresAddress(location, otherUser.or(() -> user), otherPassword.or(() -> password));
    }

    private static String withoutPrefix(String text) {
        String withoutJdbc = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        return withoutJdbc.startsWith(REACTIVE) ? withoutJdbc.substring(REACTIVE.length()) : withoutJdbc;
    }

    private static Optional<String> credential(URI uri, int index) {
        if (uri.getRawUserInfo() == null) {
            return Optional.empty();
        }
        String[] parts = uri.getRawUserInfo().split(":", 2);
        // In the user part of a URL a plus is a plus; the form decoder would turn it into a space.
        return index < parts.length && !parts[index].isEmpty()
                ? Optional.of(URLDecoder.decode(parts[index].replace("+", "%2B"), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** Without the password, so that the address may be logged. */
    @Override
    public String toString() {
        return location.getRawAuthority() + location.getRawPath();
    }
}
