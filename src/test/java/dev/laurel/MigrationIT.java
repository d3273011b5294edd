package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.testing.PackagedProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Migrations by a run of their own: replicas that do not migrate start after it, and not before. */
class MigrationIT {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path place;

    private KillableStores stores;
    private Map<String, String> environment;

    @BeforeEach
    void anEmptyDatabaseAndReplicasThatDoNotMigrate() throws IOException {
        stores = KillableStores.start(place.resolve("stores"));
        environment = new HashMap<>(stores.environment());
        environment.put("LAUREL_POSTGRES_MIGRATE_AT_START", "false");
    }

    @AfterEach
    void stopTheStores() throws IOException {
        stores.close();
    }

    @Test
    void replicasWaitForTheMigrationThatEndsByItself() throws Exception {
        try (PackagedProgram early = PackagedProgram.launchOnce(place, environment)) {
            assertEndsWith(1, early);
            assertThat(early.output())
                    .contains("The schema of PostgreSQL is not there yet", "run it once with --migrate");
        }

        try (PackagedProgram migration = PackagedProgram.launchOnce(place, environment, "--migrate")) {
            assertEndsWith(0, migration);
            assertThat(migration.output())
                    .contains("The schema is up to date.")
                    .doesNotContain("Listening on: http", "ERROR");
        }
        assertThat(rows("select count(*) from flyway_schema_history where success"))
                .isPositive();
        assertThat(rows("select count(*) from replica")).isZero();

        try (PackagedProgram replica =
                PackagedProgram.launch(place, PackagedProgram.freePort(), List.of(), environment)) {
            replica.awaitReady();
        }
    }

    @Test
    void aDatabaseThatDoesNotExistEndsTheStartAndIsNamedWithItsAddress() throws Exception {
        PostgresAddress address = stores.postgres();
        environment.put(
                "LAUREL_POSTGRES_URL",
                "postgresql://127.0.0.1:" + address.location().getPort() + "/no_such_database");
        environment.put("LAUREL_POSTGRES_USER", address.user().orElseThrow());
        environment.put("LAUREL_POSTGRES_PASSWORD", address.password().orElseThrow());

        try (PackagedProgram program = PackagedProgram.launchOnce(place, environment)) {
            assertEndsWith(1, program);
            assertThat(program.output())
                    .contains("127.0.0.1:" + address.location().getPort() + "/no_such_database", "does not exist")
                    .doesNotContain("\tat ");
        }
    }

    /** As while a later version is rolled out, whose migrations have been run. */
    @Test
    void aReplicaStartsOnASchemaOfALaterVersion() throws Exception {
        try (PackagedProgram migration = PackagedProgram.launchOnce(place, environment, "--migrate")) {
            assertEndsWith(0, migration);
        }
        change("insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) values (1000, '209901010000', 'of a later version', 'SQL',"
                + " 'V209901010000__of_a_later_version.sql', 1, current_user, 1, true)");

        for (String migrates : List.of("false", "true")) {
            environment.put("LAUREL_POSTGRES_MIGRATE_AT_START", migrates);
            try (PackagedProgram replica =
                    PackagedProgram.launch(place, PackagedProgram.freePort(), List.of(), environment)) {
                replica.awaitReady();
            }
        }
    }

    private static void assertEndsWith(int code, PackagedProgram program) throws Exception {
        assertThat(program.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ends by itself; it said %s", program.output())
                .isTrue();
        assertThat(program.process().exitValue()).as(program.output()).isEqualTo(code);
    }

    private Connection connect() throws SQLException, IOException {
        PostgresAddress address = stores.postgres();
        return DriverManager.getConnection(
                address.jdbcUrl(),
                address.user().orElseThrow(),
                address.password().orElseThrow());
    }

    private void change(String statement) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement change = connection.createStatement()) {
            change.executeUpdate(statement);
        }
    }

    private long rows(String query) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
