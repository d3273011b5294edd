package dev.laurel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.laurel.testing.EmbeddedStores;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** An update runs the repeatable migrations on a schema that has what they create. */
@QuarkusTest
class RepeatedMigrationsComponentTest {
    @Test
    void eachRunsAgain() throws IOException, SQLException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"));
                Connection connection = EmbeddedStores.current().connect()) {
            connection.setAutoCommit(false);
            List<Path> repeatable = files.filter(
                            file -> file.getFileName().toString().startsWith("R__"))
                    .sorted()
                    .toList();
            for (Path file : repeatable) {
                assertThatCode(() -> run(connection, Files.readString(file)))
                        .as("%s", file)
                        .doesNotThrowAnyException();
            }
            connection.rollback();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
