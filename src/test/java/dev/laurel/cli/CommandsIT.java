package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Program;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands of the packaged program, as clients of the packaged program. */
class CommandsIT {
    private static final Logger LOG = Logger.getLogger(CommandsIT.class);
    private static final int PATIENCE_SECONDS = 30;

    /** On a machine that has something else to do, too; alone it takes a tenth of that. */
    private static final Duration START = Duration.ofSeconds(Program.builtIsNative() ? 2 : 5);

    @TempDir
    static Path place;

    private static KillableStores stores;
    private static PackagedProgram service;

    @BeforeAll
    static void start() throws IOException {
        stores = KillableStores.start(place.resolve("stores"));
        service = PackagedProgram.start(place, stores.environment());
        LaurelApi api = service.api();
        api.putBoard("sprint", "{\"title\":\"Sprint\",\"periods\":[\"WEEKLY\"]}")
                .expect(201);
        api.submit("sprint", "{\"playerId\":\"ann\",\"score\":3}").expect(200);
        api.submit("sprint", "{\"playerId\":\"bob\",\"score\":5}").expect(200);
    }

    @AfterAll
    static void stop() throws IOException {
        if (service != null) {
            service.close();
        }
        stores.close();
    }

    @Test
    void aRankingIsExported() throws Exception {
        Path file = place.resolve("weekly.csv");

        String said = said(0, "export", "sprint", "--period=weekly", "--format=csv", "-o", file.toString());

        assertThat(said).isBlank();
        assertThat(file).content().contains("bob").contains("ann");
        assertThat(said(0, "export", "sprint", "--period=weekly", "--format=ndjson")
                        .lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("\"playerId\":\"bob\"");
        assertThat(said(1, "export", "nothing", "--period=weekly")).contains("There is no board nothing");
    }

    @Test
    void aFileIsImportedReportedListedAndUndone() throws Exception {
        Path file = Files.writeString(place.resolve("week.csv"), "player,score\ncyd,7\ndan,many\n");

        String imported = said(4, "import", file.toString(), "--board=sprint", "--mode=events", "--author=me");

        assertThat(imported).contains("DONE_WITH_ERRORS", "1 applied", "1 refused", "laurel import errors 1");
        assertThat(said(0, "import", "errors", "1")).contains("score", "many");
        assertThat(said(0, "import", "list", "--board=sprint")).contains("DONE_WITH_ERRORS", "1 imports");
        assertThat(said(0, "import", "show", "1", "--json")).contains("\"author\":\"me\"");
        assertThat(said(0, "import", "undo", "1")).contains("Import 1: UNDONE");
        assertThat(said(1, "import", "cancel", "1")).isNotBlank();
        assertThat(said(1, "import", file.toString(), "--board=sprint", "--mode=all"))
                .contains("mode");
    }

    @Test
    void anOperatorLooksAtTheServiceAndImprovesIt() throws Exception {
        assertThat(said(0, "status")).contains("Service: OK", "PostgreSQL  ok", "Redis       ok", "followers");
        assertThat(said(0, "boards")).contains("sprint", "Sprint", "weekly", "boards");
        assertThat(said(0, "cache", "warm", "--board=sprint")).contains("Warm: 1 boards, 1 rankings, 2 players");
        assertThat(said(0, "cache", "status")).contains("players", "hit rate", "5:00");
        assertThat(said(0, "cache", "clear", "players", "--player=ann")).contains("Dropped 1 values", "players: 1");
        assertThat(said(1, "cache", "clear", "boards", "--player=ann")).contains("cannot select values of this cache");
        assertThat(said(0, "database", "indexes")).contains("score_event_feed", "[OK]", "behind a cursor");
        assertThat(said(0, "database", "optimize", "--create-indexes")).contains("Nothing to do");
        assertThat(said(0, "database", "optimize", "--warm-caches", "--dry-run"))
                .contains("[PLANNED] WARM_CACHES");
        assertThat(said(0, "database", "optimize", "--clear-caches", "--json")).contains("\"state\":\"DONE\"");
        assertThat(said(2, "cache")).contains("Missing: status, init, warm, clear or bench");
        assertThat(said(3, "status", "--url=http://127.0.0.1:1")).contains("No service answers");
    }

    @Test
    void commandsAreExplainedAndStartNothing() throws Exception {
        long started = System.nanoTime();
        String help = said(0, "help");
        Duration took = Duration.ofNanos(System.nanoTime() - started);

        LOG.infof("help took %d ms", took.toMillis());
        assertThat(took).isLessThan(START);
        assertThat(help)
                .contains("Usage: laurel", "import", "export", "Exit codes:")
                .doesNotContain("INFO", "PostgreSQL");
        assertThat(said(0, "export", "--help")).contains("Usage: laurel export");
        assertThat(said(2, "serve")).contains("Unmatched argument", "serve");
        assertThat(said(0, "generate-completion")).contains("complete -F");
    }

    @Test
    void aServiceThatIsAwayIsNamedWithWhatToDo() throws Exception {
        assertThat(said(3, "import", "show", "1", "--url=http://127.0.0.1:1"))
                .contains("No service answers at http://127.0.0.1:1", "LAUREL_URL");
    }

    /** What the document shows is what they print, in the order of the document. */
    @Test
    void theDocumentShowsWhatTheyPrint() throws Exception {
        for (ConsoleExample example : ConsoleExample.of(Path.of("docs/command-line.md"))) {
            String output = said(null, example.arguments().toArray(String[]::new));

            assertThat(example.matches(output))
                    .as("%s prints%n%s", example, output)
                    .isTrue();
        }
    }

    private static String said(Integer code, String... arguments) throws Exception {
        Map<String, String> environment =
                Map.of("LAUREL_URL", service.api().address().toString());
        try (PackagedProgram program = PackagedProgram.launchOnce(place, environment, arguments)) {
            assertThat(program.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends by itself; it said %s", program.output())
                    .isTrue();
            if (code != null) {
                assertThat(program.process().exitValue()).as(program.output()).isEqualTo(code);
            }
            return program.output();
        }
    }
}
