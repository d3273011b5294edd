package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.web.PublicReads.Read;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A dump as the backup component of Kubernetes makes it, restored by the steps of docs/deployment.md into another server. Needs the
 * client programs of PostgreSQL, not older than the server.
 */
class DumpRestoreFaultsIT {
    private static final int SERVER = 18;
    private static final int SECONDS = 120;
    private static final Duration SAME = Duration.ofSeconds(30);
    private static final Path COMPONENT = Path.of("k8s/components/backup/backup.yaml");
    private static final Path STEPS = Path.of("docs/deployment.md");
    private static final Pattern MAJOR = Pattern.compile("(\\d+)");

    @TempDir
    Path place;

    @Test
    void theStepsOfTheDocumentRestoreTheService() throws Exception {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            System.out.printf("[faults] skipped: there is no pg_dump of version %d or newer on this machine%n", SERVER);
        }
        assumeTrue(programs.isPresent());
        Path dump = place.resolve("laurel.dump");
        try (KillableStores stores = KillableStores.start(place.resolve("first"));
                PackagedProgram first = PackagedProgram.start(place, stores.environment())) {
            new SavedScene(first.api(), FaultSettings.random("dump")).fill(3_000, 200);
            String command = line(COMPONENT, "pg_dump ").replaceFirst("--file=\\S+", "--file=" + dump);
            run(programs.get(), stores.postgres(), command);
            try (KillableStores others = KillableStores.start(place.resolve("second"))) {
                String restore = line(STEPS, "pg_restore ")
                        .replaceFirst("--dbname=\\S+", "--dbname=\"\\$LAUREL_POSTGRES_URL\"")
                        .replaceFirst("/backups/\\S+\\.dump", dump.toString());
                run(programs.get(), others.postgres(), restore);
                // The Redis of the second one is new, as after FLUSHALL.
                try (PackagedProgram second = PackagedProgram.start(place, others.environment())) {
                    List<Read> reads = SavedScene.reads(first.api());
                    for (Read read : reads) {
                        await().atMost(SAME).untilAsserted(() -> assertThat(SavedScene.answer(second.api(), read))
                                .as(read.address())
                                .isEqualTo(SavedScene.answer(first.api(), read)));
                    }
                    second.api()
                            .submit("sum", "{\"playerId\":\"new\",\"score\":3,\"metrics\":{\"kills\":1}}")
                            .expect(200);
                    SavedScene.settled(second.api());
                }
            }
        }
    }

    /** A command with the lines that continue it. */
    private static String line(Path file, String begin) throws IOException {
        StringBuilder command = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            if (command.isEmpty() && !text.startsWith(begin)) {
                continue;
            }
            command.append(text.endsWith("\\") ? text.substring(0, text.length() - 1) : text);
            if (!text.endsWith("\\")) {
                return command.toString();
            }
        }
        throw new AssertionError(file + " has no " + begin);
    }

    private void run(Path programs, PostgresAddress server, String command) throws Exception {
        Path said = place.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-euc", command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        Map<String, String> environment = new HashMap<>();
        environment.put("LAUREL_POSTGRES_URL", server.jdbcUrl().replaceFirst("^jdbc:", ""));
        environment.put("PGUSER", server.user().orElseThrow());
        environment.put("PGPASSWORD", server.password().orElseThrow());
        environment.put("PATH", programs + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", command, Files.readString(said))
                .isZero();
    }

    /** Where a pg_dump lies that is new enough. */
    private static Optional<Path> programs() throws IOException {
        Stream<Path> installed = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
        Path debian = Path.of("/usr/lib/postgresql");
        List<Path> versions = List.of();
        if (Files.isDirectory(debian)) {
            try (Stream<Path> found = Files.list(debian)) {
                versions = found.map(version -> version.resolve("bin")).toList();
            }
        }
        return Stream.concat(versions.stream(), installed)
                .filter(folder -> Files.isExecutable(folder.resolve("pg_dump")))
                .filter(folder -> major(folder.resolve("pg_dump")) >= SERVER)
                .findFirst();
    }

    private static int major(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version").start();
            Matcher number = MAJOR.matcher(new String(process.getInputStream().readAllBytes()));
            return number.find() ? Integer.parseInt(number.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
