package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** What the commands of operators send, print and end with, against a service of prepared answers. */
class OperationCommandsTest {
    private static final String OPTIMIZE = " /api/v1/admin/database/optimize";

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
        return Cli.commands()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(line.toArray(String[]::new));
    }

    private static String optimization(String state, String step) {
        return "{\"state\":\"" + state + "\",\"steps\":[{\"action\":\"CREATE_INDEX\",\"object\":\"a_b\",\"state\":\""
                + step + "\",\"reason\":\"missing; it serves b\",\"statements\":[],\"durationMs\":1500}]}";
    }

    @ParameterizedTest
    @CsvSource({"DONE, 0", "FAILED, 1"})
    void anOptimizationIsWaitedFor(String state, int code) {
        service.when("POST" + OPTIMIZE, 202, optimization("RUNNING", "RUNNING"))
                .when("GET" + OPTIMIZE, 200, optimization(state, state));

        assertThat(run("database", "optimize", "--author=me")).as("%s", out).isEqualTo(code);

        assertThat(service.asked().get(0).body())
                .contains(
                        "\"createIndexes\":true",
                        "\"vacuum\":true",
                        "\"analyze\":true",
                        "\"clearCaches\":false",
                        "\"dryRun\":false",
                        "\"author\":\"me\"");
        assertThat(out.toString()).contains("[" + state + "] CREATE_INDEX a_b, 1.5 s: missing; it serves b");
    }

    @Test
    void onlyWhatIsNamedIsOptimized() {
        service.when("POST" + OPTIMIZE, 200, "{\"state\":\"PLANNED\",\"steps\":[]}");

        assertThat(run("database", "optimize", "--vacuum", "--drop-index=a", "--drop-index=b", "--dry-run"))
                .isZero();

        assertThat(service.asked().get(0).body())
                .contains(
                        "\"createIndexes\":false",
                        "\"vacuum\":true",
                        "\"analyze\":false",
                        "\"dropIndexes\":[\"a\",\"b\"]",
                        "\"dryRun\":true");
        assertThat(out.toString()).contains("Nothing to do");
    }

    @Test
    void aMissingIndexIsShownAndEndsWithOne() {
        service.when(
                "GET /api/v1/admin/database",
                200,
                "{\"indexes\":["
                        + "{\"name\":\"a\",\"table\":\"t\",\"state\":\"VALID\",\"bytes\":1500000,\"scans\":1234,\"writes\":50000,\"serves\":\"x\"},"
                        + "{\"name\":\"b\",\"table\":\"t\",\"state\":\"INVALID\",\"bytes\":0,\"scans\":0},"
                        + "{\"name\":\"c\",\"table\":\"t\",\"state\":\"MISSING\",\"bytes\":0,\"scans\":0},"
                        + "{\"name\":\"d\",\"table\":\"t\",\"state\":\"VALID\",\"bytes\":0,\"scans\":0,\"constraint\":true}],"
                        + "\"suggestions\":[\"Create c.\"]}");

        assertThat(run("database", "indexes")).isEqualTo(1);

        assertThat(out.toString().strip()).isEqualTo("""
                index  table  state        size  scans  writes  serves
                a      t      [OK]       1.5 MB  1,234  50,000  x
                b      t      [INVALID]     0 B      0       0  -
                c      t      [MISSING]     0 B      0       0  -
                - Create c.""");
    }

    @Test
    void cachesAreClearedByWhatIsNamed() {
        service.when(
                "DELETE /api/v1/admin/caches/players?player=%C3%A4da&reason=laurel%20cache%20clear&author=me",
                200, "{\"dropped\":2,\"caches\":[{\"cache\":\"players\",\"dropped\":2}],\"replicasNotified\":false}");

        assertThat(run("cache", "clear", "players", "--player=äda", "--author=me"))
                .as("%s", out)
                .isZero();

        assertThat(out.toString()).contains("Dropped 2 values", "players: 2", "Redis is unavailable");
    }

    @Test
    void aServiceWithoutAStoreEndsWithOne() {
        service.when(
                "GET /api/v1/admin/status",
                200,
                "{\"status\":\"DEGRADED\",\"stores\":{\"postgres\":{\"healthy\":true,\"version\":\"18.1\",\"databaseBytes\":2500000},"
                        + "\"redis\":{\"healthy\":false}},\"windows\":null,\"eventsWaiting\":0,\"audit\":null,"
                        + "\"caches\":{\"hitRate\":0.9312,\"entries\":4,\"bytes\":1500000,\"belowExpected\":[\"players\"]},"
                        + "\"followers\":[{\"follower\":\"days\",\"state\":\"RETRYING\",\"failure\":\"broken\",\"lagItems\":7}]}");

        assertThat(run("status")).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "Service: DEGRADED",
                        "PostgreSQL  ok, version 18.1, 2.5 MB",
                        "Redis       unavailable",
                        "caches      93.1 % hits, 1.5 MB",
                        "players has fewer hits than expected",
                        "days fails: broken",
                        "1, 7 items behind");
    }
}
