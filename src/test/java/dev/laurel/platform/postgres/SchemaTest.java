package dev.laurel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shared.LaurelException.Unavailable;
import io.vertx.pgclient.PgException;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

class SchemaTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    private static final Path CATALOG = Path.of("src/main/resources/database/indexes.tsv");
    private static final Pattern INDEX =
            Pattern.compile("(?m)^(CREATE (?:UNIQUE )?INDEX|DROP INDEX)(?: IF EXISTS| IF NOT EXISTS)? (\\w+)");

    /** The versioned migration that came with the last change of a repeatable one, and their checksum then. */
    private static final String REPEATED_AT = "202611291601";

    private static final long REPEATABLE = 1356909338L;

    /** The reason stands in front of the start; the password does not stand in the address. */
    @Test
    void aDatabaseThatCannotBeUsedIsNamedWithItsAddress() {
        PgException missing = new PgException("database \"other\" does not exist", "FATAL", "3D000", null);
        String address = "vertx-reactive:postgresql://laurel:secret@db.example:5432/other?sslmode=require";

        for (Throwable failure : List.of(missing, Unavailable.store("PostgreSQL", missing))) {
            assertThat(Schema.problem(address, failure))
                    .contains("PostgreSQL at db.example:5432/other cannot be used", "does not exist")
                    .doesNotContain("secret");
        }
    }

    /** Or a start would take the schema for current and leave the newest migration out. */
    @Test
    void theVersionAndTheNumberAreThoseOfTheMigrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("V"))
                            .map(name -> name.substring(1, name.indexOf("__"))))
                    .hasSize(Schema.MIGRATIONS)
                    .allSatisfy(version -> assertThat(version).isLessThanOrEqualTo(Schema.VERSION))
                    .contains(Schema.VERSION);
        }
    }

    /** What the service relies on can be told apart from what somebody has added, and be repaired. */
    @Test
    void everyIndexIsInTheCatalogWithTheQueryThatItServes() throws IOException {
        Set<String> created = new TreeSet<>();
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.sorted().toList()) {
                Matcher index = INDEX.matcher(Files.readString(file));
                while (index.find()) {
                    if (index.group(1).startsWith("CREATE")) {
                        created.add(index.group(2));
                    } else {
                        created.remove(index.group(2));
                    }
                }
            }
        }

        assertThat(Files.readAllLines(CATALOG).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t")[0]))
                .as("add a line to %s for each index", CATALOG)
                .containsExactlyInAnyOrderElementsOf(created);
    }

    /** A repeatable migration runs again only when Flyway is called, and that takes a new version. */
    @Test
    void aChangeOfARepeatableMigrationComesWithAVersion() throws IOException {
        CRC32 sum = new CRC32();
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("R__"))
                    .sorted()
                    .toList()) {
                sum.update(Files.readAllBytes(file));
            }
        }

        assertThat(sum.getValue())
                .as("the repeatable migrations as they were at %s: a change of them needs a versioned one", REPEATED_AT)
                .isEqualTo(REPEATABLE);
        assertThat(REPEATED_AT).isLessThanOrEqualTo(Schema.VERSION);
    }
}
