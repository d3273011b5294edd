package dev.laurel.backup;

import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.testing.EmbeddedStores;
import org.flywaydb.core.Flyway;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of the service without any contents, in a schema of their own of the database of the tests; dropped at the end. */
final class FreshTables implements AutoCloseable {
    private final String name = "fresh_" + Long.toString(System.nanoTime(), 36);
    private final PostgresAddress server = EmbeddedStores.current().postgres();

    FreshTables() throws SQLException {
        onServer("CREATE SCHEMA " + name);
        Flyway.configure()
                .dataSource(url(), user(), password())
                .defaultSchema(name)
                .locations("filesystem:src/main/resources/db/migration")
                .load()
                .migrate();
    }

    private void onServer(String statement) throws SQLException {
        try (Connection connection = EmbeddedStores.current().connect();
                Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    private String url() {
        String url = server.jdbcUrl();
        return url + (url.indexOf('?') < 0 ? '?' : '&') + "currentSchema=" + name;
    }

    private String user() {
        return server.user().orElseThrow();
    }

    private String password() {
        return server.password().orElseThrow();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    @Override
    public void close() throws SQLException {
        onServer("DROP SCHEMA IF EXISTS " + name + " CASCADE");
    }
}
