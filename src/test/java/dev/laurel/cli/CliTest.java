package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What commands send, print and end with, against a service of prepared answers. */
class CliTest {
    private static final String QUEUED = job("QUEUED", 0, 0);

    @TempDir
    Path place;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private StubService service;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        service = new StubService();
        file = Files.writeString(place.resolve("week \"2\".csv"), "player,score\nälice,3\n");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"DONE, 0", "DONE_WITH_ERRORS, 4", "FAILED, 1", "CANCELLED, 1"})
    void anImportIsUploadedAndWaitedFor(String state, int code) throws IOException {
        service.when("POST /api/v1/imports", 202, QUEUED)
                .when("GET /api/v1/imports/42", 200, job("RUNNING", 1, 0))
                .when("GET /api/v1/imports/42", 503, "{}", "Retry-After", "1")
                .when("GET /api/v1/imports/42", 200, job(state, 1_234, code == 4 ? 5 : 0));

        assertThat(run(
                        "import",
                        file.toString(),
                        "--board=sprint",
                        "--mode=snapshot",
                        "--mapping={\"Who\":\"player\"}",
                        "--season",
                        "s1",
                        "--dry-run",
                        "--atomic",
                        "--author=me",
                        "--key-file=" + Files.writeString(place.resolve("key"), "secret\n")))
                .as("%s", err)
                .isEqualTo(code);

        StubService.Asked upload = service.asked().get(0);
        assertThat(upload.field("file")).isEqualTo("player,score\nälice,3\n");
        assertThat(upload.body()).contains("filename=\"week %222%22.csv\"").endsWith("--\r\n");
        assertThat(Stream.of("board", "mode", "season", "mapping", "dryRun", "atomic", "author", "reason", "onChange")
                        .map(upload::field))
                .containsExactly(
                        "sprint",
                        "SNAPSHOT",
                        "s1",
                        "{\"Who\":\"player\"}",
                        "true",
                        "true",
                        "me",
                        "laurel import week \"2\".csv",
                        null);
        assertThat(service.asked()).hasSize(4).allMatch(one -> "Bearer secret".equals(one.authorization()));
        assertThat(out.toString()).contains("Import 42: " + state, "1,234 read", "900 ms, 1,000 rows a second");
        assertThat(out.toString().contains("laurel import errors 42")).isEqualTo(code == 4);
    }

    @Test
    void scriptsGetTheAnswerOfTheServiceAsItIs() {
        service.when("POST /api/v1/imports", 202, QUEUED);

        assertThat(run("import", file.toString(), "--board=sprint", "--mode=events", "--no-wait", "--json"))
                .isZero();

        assertThat(out.toString().strip()).isEqualTo(QUEUED);
        assertThat(service.asked()).hasSize(1);
        assertThat(service.asked().get(0).authorization()).isNull();
    }

    @Test
    void keysAreListedAndRevokedAndNotSentInTheClearWithoutAWord() throws IOException {
        String file = Files.writeString(place.resolve("key"), "laurel_" + "0".repeat(64) + "\n")
                .toString();
        service.when(
                        "GET /api/v1/admin/keys?page=2",
                        200,
                        "{\"items\":[{\"id\":\"7f3a\",\"name\":\"game\",\"scopes\":[\"read\"]}],"
                                + "\"pagination\":{\"page\":2,\"limit\":50,\"total\":51,\"pages\":2}}")
                .when("DELETE /api/v1/admin/keys/7f3a?confirm=true", 204, "")
                .when(
                        "DELETE /api/v1/admin/keys/7f3a",
                        409,
                        "{\"code\":\"CONFIRMATION_REQUIRED\",\"detail\":\"repeat it with ?confirm=true\","
                                + "\"changes\":[{\"field\":\"scopes\",\"consequence\":\"No key could administer it\"}]}");

        assertThat(run("keys", "list", "--page=2", "--key-file=" + file)).isZero();
        assertThat(out.toString()).contains("7f3a", "Page 2 of 2; 51 keys");
        assertThat(run("keys", "revoke", "7f3a", "--key-file=" + file)).isEqualTo(1);
        assertThat(err.toString())
                .contains("Nothing was changed. No key could administer it", "Repeat it with --confirm")
                .doesNotContain("?confirm");
        err.getBuffer().setLength(0);
        assertThat(run("keys", "revoke", "7f3a", "--confirm", "--key-file=" + file))
                .as("%s", err)
                .isZero();
        assertThat(err.toString()).isEmpty();

        String elsewhere = service.url().replace("127.0.0.1", "0.0.0.0");
        assertThat(plain("keys", "list", "--page=2", "--key-file=" + file, "--url=" + elsewhere))
                .isZero();
        assertThat(err.toString()).contains("Warning: the key is sent to 0.0.0.0 unencrypted");
        assertThat(service.asked())
                .allSatisfy(asked -> assertThat(asked.authorization()).startsWith("Bearer laurel_"));
    }

    @Test
    void importsAreListedShownCancelledResumedAndUndone() throws IOException {
        String page = "{\"items\":[" + job("DONE", 7, 0)
                + "],\"pagination\":{\"page\":1,\"limit\":5,\"total\":1,\"pages\":1}}";
        service.when("GET /api/v1/imports?board=sprint&state=DONE&limit=5", 200, page)
                .when("GET /api/v1/imports/42", 200, job("UNDONE", 7, 0))
                .when("POST /api/v1/imports/42/cancel", 200, job("RUNNING", 7, 0))
                .when("POST /api/v1/imports/42/resume", 200, QUEUED)
                .when("POST /api/v1/imports/42/undo", 200, job("UNDOING", 7, 0))
                .when("GET /api/v1/imports/42/errors/report", 200, "row,column\n3,score\n")
                .when("GET /api/v1/imports/42/errors?page=2", 200, "{\"items\":[]}");

        assertThat(run("import", "list", "--board=sprint", "--state=done", "--limit=5"))
                .isZero();
        assertThat(out.toString()).contains("    42  DONE", "Page 1 of 1; 1 imports");
        assertThat(run("import", "show", "42")).isZero();
        assertThat(run("import", "cancel", "42")).isZero();
        assertThat(run("import", "resume", "42")).isZero();
        assertThat(run("import", "undo", "42", "--reason=wrong file", "--author=me"))
                .as("%s", err)
                .isZero();
        assertThat(out.toString()).contains("Import 42: UNDONE");
        assertThat(service.asked().stream().filter(one -> one.request().endsWith("/undo")))
                .singleElement()
                .extracting(StubService.Asked::body)
                .isEqualTo("{\"reason\":\"wrong file\",\"author\":\"me\"}");
        Path report = place.resolve("report.csv");
        assertThat(run("import", "errors", "42", "-o", report.toString())).isZero();
        assertThat(report).hasContent("row,column\n3,score\n");
        assertThat(run("import", "errors", "42", "--json", "--page=2")).isZero();
        assertThat(out.toString()).endsWith("{\"items\":[]}\n");
    }

    @Test
    void anExportIsWrittenAsAWholeOrNotAtAll() throws IOException {
        Path target = place.resolve("top.csv");
        String path = "GET /api/v1/boards/sp%20rint/rankings/weekly/export";
        service.when(path + "?window=2026-W47&format=csv&with=player", 200, "rank,player\n1,ann\n")
                .when(path + "?format=csv", 200, "rank", "X-Broken", "1")
                .when(path, 200, "rank");

        assertThat(run(
                        "export",
                        "sp rint",
                        "--period=weekly",
                        "--window=2026-W47",
                        "--format=csv",
                        "--with=player",
                        "-o",
                        target.toString()))
                .as("%s", err)
                .isZero();
        assertThat(target).hasContent("rank,player\n1,ann\n");

        assertThat(run("export", "sp rint", "--period=weekly", "--format=csv", "-o", target.toString()))
                .isEqualTo(3);
        assertThat(target).hasContent("rank,player\n1,ann\n");
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left.filter(one -> one.toString().endsWith(".part"))).isEmpty();
        }
        assertThat(run("export", "sp rint", "--period=weekly", "-o", place + "/none/top.csv"))
                .isEqualTo(2);
    }

    @Test
    void aRefusalNamesTheFields() {
        service.when("POST /api/v1/imports", 422, """
                {"title":"The input is not valid","detail":"2 fields are invalid","status":422,
                 "errors":[{"field":"mode","message":"must be one of EVENTS"},{"field":"season","message":"is missing"}]}""");

        assertThat(run("import", file.toString(), "--board=sprint", "--mode=all"))
                .isEqualTo(1);

        assertThat(err.toString().strip())
                .isEqualTo("2 fields are invalid\n  mode must be one of EVENTS\n  season is missing");
    }

    @Test
    void aServiceThatIsAwayOrBusyIsWorthAnotherTry() throws IOException {
        service.when("GET /api/v1/imports/1", 503, "{\"detail\":\"PostgreSQL is unavailable\"}", "Retry-After", "2")
                .when("GET /api/v1/imports/2", 200, "<html>hello</html>");
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }

        assertThat(run("import", "show", "1")).isEqualTo(3);
        assertThat(err.toString()).contains("PostgreSQL is unavailable", "Try again in 2 s.");
        assertThat(run("import", "show", "2")).isEqualTo(1);
        assertThat(err.toString()).contains("is not Laurel");
        assertThat(plain("import", "show", "1", "--url=http://127.0.0.1:" + nobody))
                .isEqualTo(3);
        assertThat(err.toString()).contains("No service answers at http://127.0.0.1:" + nobody, "--url or LAUREL_URL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sing                                              | Unmatched argument",
                "import                                            | Missing: FILE",
                "import here.csv                                   | Missing: --board=BOARD",
                "import here.csv --board=b                         | Missing: --mode=MODE",
                "import here.csv --board=b --mode=events           | There is no file to read at here.csv",
                "import here.csv --bord=b                          | Unknown option: '--bord=b'",
                "import list --limit=many                          | --limit",
                "import show                                       | Missing required parameter: 'NUMBER'",
                "export b                                          | Missing required option: '--period=PERIOD'",
                "import show 1 --url=nowhere                       | --url is not an address: nowhere",
                "import show 1 --url=http://[                      | --url is not an address: http://["
            })
    void aWrongCommandLineIsExplained(String line, String said) {
        assertThat(plain(line.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains(said).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandHasHelp(List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.add("--help");

        assertThat(plain(line.toArray(String[]::new))).isZero();

        assertThat(out.toString())
                .contains("Usage: "
                        + String.join(
                                " ",
                                Stream.concat(Stream.of("laurel"), command.stream())
                                        .toList()));
    }

    @Test
    void everyCommandKnowsItsVersion() {
        assertThat(plain("import", "list", "--version")).isZero();

        assertThat(out.toString()).startsWith("Laurel ");
    }

    static Stream<List<String>> everyCommand() {
        return below(Cli.commands(), List.of());
    }

    private static Stream<List<String>> below(CommandLine command, List<String> path) {
        return Stream.concat(
                Stream.of(path),
                command.getSubcommands().entrySet().stream()
                        .filter(one -> !one.getKey().equals("help"))
                        .flatMap(one -> below(
                                one.getValue(),
                                Stream.concat(path.stream(), Stream.of(one.getKey()))
                                        .toList())));
    }

    private int run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("--url=" + service.url());
        return plain(line.toArray(String[]::new));
    }

    private int plain(String... arguments) {
        return Cli.commands()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static String job(String state, long read, long refused) {
        return ("{\"id\":42,\"board\":\"sprint\",\"file\":\"week-2.csv\",\"fileBytes\":20,\"mode\":\"EVENTS\",\"dryRun\":false,"
                        + "\"state\":\"%s\",\"rows\":{\"read\":%d,\"applied\":%d,\"refused\":%d},\"rate\":1000.0,\"progress\":0.5,"
                        + "\"durationMs\":900,\"author\":\"me\",\"reason\":\"r\"}")
                .formatted(state, read, read - refused, refused);
    }
}
