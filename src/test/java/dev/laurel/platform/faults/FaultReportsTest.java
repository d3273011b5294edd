package dev.laurel.platform.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Receiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.pgclient.PgException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Faults reach the receiver without anything that a client has sent. */
class FaultReportsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PATH = "/api/v1/boards/{board}";

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Receiver receiver;
    private FaultReports reports;

    @BeforeEach
    void aReceiver() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void end() {
        if (reports != null) {
            reports.end();
        }
        receiver.close();
    }

    private void report(int port) {
        reports = new FaultReports(config("http://key@localhost:" + port + "/7"), "1.2.3", meters);
        reports.begin();
    }

    private static SentryConfig config(String dsn) {
        return new SentryConfig() {
            @Override
            public Optional<String> dsn() {
                return Optional.ofNullable(dsn);
            }

            @Override
            public String environment() {
                return "a-test";
            }

            @Override
            public Optional<String> release() {
                return Optional.empty();
            }

            @Override
            public double sampleRate() {
                return 1;
            }

            @Override
            public Duration repeatAfter() {
                return Duration.ofHours(1);
            }

            @Override
            public int maxWaiting() {
                return 100;
            }
        };
    }

    private List<String> received() {
        return receiver.posts().stream()
                .map(Receiver.Post::body)
                .filter(body -> body.contains("\"exception\""))
                .toList();
    }

    private double faults(String kind) {
        return meters.get(Meters.FAULTS).tag("kind", kind).counter().count();
    }

    private double dropped() {
        return meters.get(Meters.FAULTS_DROPPED).counter().count();
    }

    @Test
    void aFailedRequestIsReportedWithoutWhatWasAskedFor() {
        report(receiver.port());
        Throwable failure = new IllegalStateException(
                "ann-the-secret has no standing", new PgException("(ann-the-secret) exists", "ERROR", "23505", ""));

        Faults.inRequest("GET", PATH, failure);

        await().atMost(PATIENCE).until(() -> received().size() == 1);
        assertThat(received().get(0))
                .contains("IllegalStateException", "PgException", "FaultReportsTest")
                .contains("\"transaction\":\"GET /api/v1/boards/{board}\"", "\"sqlstate\":\"23505\"")
                .contains("\"environment\":\"a-test\"", "\"release\":\"laurel@1.2.3\"", "\"kind\":\"request\"")
                .doesNotContain("ann-the-secret");
        assertThat(receiver.posts()).allSatisfy(post -> assertThat(post.path()).isEqualTo("/api/7/envelope/"));
        assertThat(faults("request")).isEqualTo(1);
    }

    @Test
    void theStateOfPostgresIsReportedThroughHibernate() {
        report(receiver.port());

        Faults.inJob("wrapped", new IllegalStateException(new SQLException("ann-the-secret", "42P01")));

        await().atMost(PATIENCE).until(() -> received().size() == 1);
        assertThat(received().get(0)).contains("\"sqlstate\":\"42P01\"").doesNotContain("ann-the-secret");
    }

    @Test
    void aFailedJobIsReported() {
        report(receiver.port());

        Faults.inJob("rollover", new NullPointerException());

        await().atMost(PATIENCE).until(() -> received().size() == 1);
        assertThat(received().get(0)).contains("\"transaction\":\"rollover\"", "\"kind\":\"job\"");
        assertThat(faults("job")).isEqualTo(1);
    }

    @Test
    void anUnavailableStoreIsNoFault() {
        report(receiver.port());

        Faults.inRequest("GET", PATH, Unavailable.store("Redis", null));
        Faults.inJob("last", new IllegalStateException());

        await().atMost(PATIENCE).until(() -> !received().isEmpty());
        assertThat(received()).hasSize(1);
        assertThat(faults("request")).isZero();
    }

    @Test
    void theSameFaultIsReportedOnceInAWhile() {
        report(receiver.port());
        IntStream.range(0, 50).forEach(number -> Faults.inJob("often", new IllegalStateException("again")));
        Faults.inJob("last", new IllegalStateException());

        await().atMost(PATIENCE)
                .until(() -> received().stream().anyMatch(body -> body.contains("\"transaction\":\"last\"")));
        assertThat(received()).hasSize(2);
        assertThat(faults("job")).isEqualTo(51);
    }

    @Test
    void aReceiverThatIsNotThereHoldsNobodyUp() throws IOException {
        report(PackagedProgram.freePort());

        // Each of them is another fault, and none of them waits.
        IntStream.range(0, 20_000)
                .forEach(number -> Faults.inJob("job " + number, new IllegalStateException("no receiver")));

        assertThat(faults("job")).isEqualTo(20_000);
        assertThat(dropped()).isLessThan(20_000);
    }

    @Test
    void withoutAnAddressFaultsAreCountedOnly() {
        reports = new FaultReports(config(null), "1.2.3", meters);
        reports.begin();

        Faults.inJob("rollover", new IllegalStateException());

        assertThat(faults("job")).isEqualTo(1);
        assertThat(receiver.posts()).isEmpty();
    }
}
