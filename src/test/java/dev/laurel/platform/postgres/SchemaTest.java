package dev.laurel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class SchemaTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /** Or a start would take the schema for current and leave the newest migration out. */
    @Test
    void theVersionAndTheNumberAreThoseOfTheMigrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .map(name -> name.substring(1, name.indexOf("__"))))
                    .hasSize(Schema.MIGRATIONS)
                    .allSatisfy(version -> assertThat(version).isLessThanOrEqualTo(Schema.VERSION))
                    .contains(Schema.VERSION);
        }
    }
}
