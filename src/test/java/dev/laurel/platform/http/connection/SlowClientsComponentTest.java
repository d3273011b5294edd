package dev.laurel.platform.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.platform.meters.Meters;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.SlowClients;
import dev.laurel.testing.SlowClients.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

/** The short form of {@code SlowClientsIT}, with the short times of tests. */
@QuarkusTest
class SlowClientsComponentTest {
    private static final int CLIENTS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource
    URI service;

    @Inject
    MeterRegistry meters;

    @Test
    void whoIsSlowIsDisconnectedAndKeepsNobodyElseFromAnAnswer() {
        double before = dropped("head") + dropped("body");
        LaurelApi api = new LaurelApi(service);

        try (SlowClients slow = new SlowClients(service, "/api/v1", CLIENTS, Kind.HEAD, Kind.BODY)) {
            await().atMost(PATIENCE).until(() -> slow.connected() == CLIENTS);
            assertThat(meters.get(Meters.CONNECTIONS).gauge().value()).isPositive();
            await().atMost(PATIENCE)
                    .until(() -> api.get("/api/v1").expect(200).status() == 200
                            && slow.ended(Kind.HEAD) >= CLIENTS / 2
                            && slow.ended(Kind.BODY) >= CLIENTS / 2);
        }

        assertThat(dropped("head") + dropped("body")).isGreaterThanOrEqualTo(before + CLIENTS);
    }

    private double dropped(String reason) {
        return meters.get(Meters.CONNECTIONS_DROPPED)
                .tag("reason", reason)
                .functionCounter()
                .count();
    }
}
