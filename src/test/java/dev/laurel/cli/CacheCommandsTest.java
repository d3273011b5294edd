package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the commands on caches and on the state of the database send and print; and every command without a service. */
class CacheCommandsTest {
    private static final String BOARDS = "GET /api/v1/boards?page=1&limit=100";
    private static final String WARM = "POST /api/v1/admin/caches/warm?board=";

    /** Commands that need no service. */
    private static final List<String> ALONE = List.of("generate-completion", "help");

    private final StringWriter out = new StringWriter();
    private StubService service;

    @BeforeEach
    void start() throws IOException {
        service = new StubService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private int run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("--url=" + service.url());
        return execute(line);
    }

    private int execute(List<String> line) {
        return Cli.commands()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(line.toArray(String[]::new));
    }

    private void twoBoards() {
        service.when(BOARDS, 200, "{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"pagination\":{\"pages\":1}}");
        service.when(WARM + "a", 200, "{\"boards\":1,\"rankings\":2,\"players\":3,\"failed\":[],\"complete\":true}");
    }

    @Test
    void allBoardsAreMadeReady() {
        twoBoards();
        service.when(WARM + "b", 200, "{\"boards\":1,\"rankings\":4,\"players\":0,\"failed\":[],\"complete\":true}");

        assertThat(run("cache", "init")).as("%s", out).isZero();

        assertThat(out.toString())
                .contains("Ready: 2 boards, 6 rankings, 3 players, in ")
                .doesNotContain("Dropped");
        assertThat(service.asked()).extracting(StubService.Asked::request).noneMatch(one -> one.startsWith("DELETE"));
    }

    @Test
    void whatIsThereIsDroppedAndLoadedAgainWhenForced() {
        twoBoards();
        service.when(WARM + "b", 200, "{\"boards\":1,\"failed\":[],\"complete\":true}");
        String why = "?reason=laurel%20cache%20init&author=me";
        service.when("DELETE /api/v1/admin/caches" + why, 200, "{\"dropped\":1234}");
        service.when("POST /api/v1/admin/boards/a/sync" + why, 200, "{}");
        service.when("POST /api/v1/admin/boards/b/sync" + why, 200, "{}");

        assertThat(run("cache", "init", "--force-refresh", "--author=me"))
                .as("%s", out)
                .isZero();

        assertThat(out.toString()).contains("Dropped 1,234 values", "Ready: 2 boards");
    }

    @Test
    void aBoardThatFailsIsNamedAndTheOthersAreMadeReady() {
        twoBoards();
        service.when(WARM + "b", 409, "{\"detail\":\"This process is warming its caches already\"}");

        assertThat(run("cache", "init")).isEqualTo(1);

        assertThat(out.toString()).contains("Ready: 1 boards", "failed: b: This process is warming");
    }

    @Test
    void aServiceThatIsTooBusyEndsIt() {
        twoBoards();
        service.when(WARM + "b", 503, "{\"detail\":\"PostgreSQL is unavailable\"}", "Retry-After", "2");

        assertThat(run("cache", "init")).isEqualTo(3);

        assertThat(out.toString()).contains("PostgreSQL is unavailable", "Try again in 2 s");
    }

    @Test
    void readsOfABoardAreMeasured() {
        service.when("GET /api/v1/boards?limit=1", 200, "{\"items\":[{\"id\":\"a\"}]}");
        service.when("GET /api/v1/boards/a", 200, "{\"id\":\"a\",\"periods\":[\"WEEKLY\"]}");
        String ranking = "GET /api/v1/boards/a/rankings/weekly";
        service.when(ranking + "?limit=1", 200, "{\"entries\":[]}");
        service.when(ranking + "?limit=10", 200, "{}");
        service.when(ranking + "?limit=100", 200, "{}");

        assertThat(run("cache", "bench", "--requests=3", "--max-ms=60000"))
                .as("%s", out)
                .isZero();

        assertThat(out.toString())
                .contains("top 10", "[OK]", "Board a, 3 requests each")
                .doesNotContain("analytics");
        assertThat(service.asked())
                .filteredOn(one -> one.request().endsWith("limit=10"))
                .hasSize(4);
        assertThat(run("cache", "bench", "--requests=3", "--max-ms=0.000001")).isEqualTo(1);
        assertThat(out.toString()).contains("[SLOW]");
        assertThat(run("cache", "bench", "--requests=0")).isEqualTo(2);
    }

    @Test
    void aServiceWithoutBoardsCannotBeMeasured() {
        service.when("GET /api/v1/boards?limit=1", 200, "{\"items\":[]}");

        assertThat(run("cache", "bench")).isEqualTo(1);

        assertThat(out.toString()).contains("There is no board to read");
    }

    @Test
    void theStateOfTheDatabaseIsShown() {
        service.when(
                "GET /api/v1/admin/database",
                200,
                "{\"version\":\"18.1\",\"databaseBytes\":2500000,\"hitRate\":0.991,\"connections\":8,\"maxConnections\":100,"
                        + "\"tables\":[{\"name\":\"standing\",\"rows\":1000,\"deadRows\":200,\"bytes\":1500000,\"bloatBytes\":300000,"
                        + "\"needsVacuum\":true,\"needsAnalyze\":true},{\"name\":\"small\",\"bytes\":1}],"
                        + "\"indexes\":[{\"name\":\"own\",\"table\":\"t\",\"serves\":\"x\",\"unused\":true},"
                        + "{\"name\":\"twin\",\"table\":\"t\",\"bytes\":5000,\"writes\":7,\"coveredBy\":\"own\"}],"
                        + "\"slowStatements\":[{\"id\":\"-7\",\"text\":\"SELECT\\n  1\",\"calls\":2,\"meanMs\":1.25,\"totalMs\":2500,"
                        + "\"rows\":2}],\"suggestions\":[\"Do it.\"]}");

        assertThat(run("database", "analyze", "--tables=1")).as("%s", out).isZero();

        assertThat(out.toString().strip()).isEqualTo("""
                PostgreSQL 18.1, 2.5 MB, 99.1 % of blocks found in memory, 8 of 100 connections

                table      rows  dead    size     empty  needs
                standing  1,000   200  1.5 MB  300.0 KB  vacuum, analyze

                Indexes that do not pay:
                  twin on t, 5.0 KB, 7 writes, covered by own

                Statements that cost most altogether:
                id  calls    mean  total  statement
                -7      2  1.3 ms  2.5 s  SELECT 1

                - Do it.""");
    }

    @Test
    void aStatementIsExplained() {
        service.when(
                "GET /api/v1/admin/database/statements/-7/plan",
                200,
                "{\"id\":\"-7\",\"text\":\"SELECT 1\",\"plan\":[\"Result\",\"  One-Time Filter\"]}");

        assertThat(run("database", "analyze", "--explain=-7")).as("%s", out).isZero();

        assertThat(out.toString().strip()).isEqualTo("SELECT 1\n\nResult\n  One-Time Filter");
    }

    static Stream<List<String>> commands() {
        return leaves(Cli.commands(), List.of()).filter(line -> !ALONE.contains(line.get(0)));
    }

    private static Stream<List<String>> leaves(CommandLine command, List<String> line) {
        // One that has further ones may do something by itself, too: there it needs a file.
        if (command.getSubcommands().isEmpty()) {
            return Stream.of(line);
        }
        return command.getSubcommands().entrySet().stream().flatMap(one -> {
            List<String> further = new ArrayList<>(line);
            further.add(one.getKey());
            return leaves(one.getValue(), further);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void withoutAServiceEachSaysSoAndWhatToDo(List<String> command) {
        List<String> line = new ArrayList<>(command);
        needed(command).forEach(line::add);
        line.add("--url=http://127.0.0.1:1");

        assertThat(execute(line)).as("%s: %s", line, out).isEqualTo(3);

        assertThat(out.toString()).contains("No service answers at http://127.0.0.1:1", "Start one", "LAUREL_URL");
    }

    /** A value for each argument and option that a command insists on. */
    private static List<String> needed(List<String> command) {
        CommandLine found = Cli.commands();
        for (String name : command) {
            found = found.getSubcommands().get(name);
        }
        List<String> values = new ArrayList<>();
        found.getCommandSpec().positionalParameters().stream()
                .filter(one -> one.required())
                .forEach(one -> values.add("1"));
        found.getCommandSpec().requiredArgs().stream()
                .filter(one -> one.isOption())
                .forEach(one -> values.add(((OptionSpec) one).longestName() + "=weekly"));
        // Either this or another one.
        if (found.getCommandSpec().findOption("--scope") != null) {
            values.add("--scope=read");
        }
        return values;
    }
}
