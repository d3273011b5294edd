package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the document for operators shows of the commands is what they print. */
class OperationsGuideTest {
    private static final Path GUIDE = Path.of("docs/operations.md");

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
        PrintWriter writer = new PrintWriter(out);
        String[] line = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, line, 0, arguments.length);
        line[arguments.length] = "--url=" + service.url();
        return Cli.commands().setOut(writer).setErr(writer).execute(line);
    }

    private void isShown(String command) throws IOException {
        assertThat(Files.readString(GUIDE))
                .contains("$ laurel " + command + "\n" + out.toString().stripTrailing());
    }

    @Test
    void theStateOfTheService() throws IOException {
        service.when("GET /api/v1/admin/status", 200, """
                        {"status":"OK","stores":{
                           "postgres":{"healthy":true,"version":"18.1","databaseBytes":91000000},
                           "redis":{"healthy":true,"version":"7.0.15","usedMemoryBytes":1400000}},
                         "windows":{"open":5,"checked":5,"loaded":5,"stale":0},"eventsWaiting":0,
                         "caches":{"hitRate":0.931,"entries":4,"bytes":1500000,"belowExpected":[]},
                         "audit":{"windowsDiffering":0},"followers":[%s]}
                        """.formatted(IntStream.range(0, 12)
                .mapToObj(number -> "{\"follower\":\"f" + number + "\",\"state\":\"OK\",\"lagItems\":0}")
                .collect(Collectors.joining(","))));

        assertThat(run("status")).isZero();

        isShown("status");
    }

    @Test
    void aLowHitRate() throws IOException {
        service.when("GET /api/v1/admin/caches", 200, """
                        {"caches":[{"name":"players","entries":100000,"bytes":62100000,"hits":1440000,"misses":912344,
                           "hitRate":0.612,"averageLoadMs":1.4,"evictions":811902,"timeToLiveMs":300000}],
                         "total":{"entries":100000,"bytes":62100000,"hitRate":0.612}}
                        """);

        assertThat(run("cache", "status")).isZero();

        isShown("cache status");
    }
}
