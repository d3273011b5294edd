package dev.laurel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** A process that no longer hears what others change. */
@QuarkusTest
class UnheardCachesComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CACHES = "/api/v1/admin/caches";

    @TestHTTPResource
    URI service;

    private final String player = "p-" + UUID.randomUUID();

    @Test
    void whatIsCachedIsDroppedAndCachingGoesOnOnceNoticesArriveAgain() {
        LaurelApi api = new LaurelApi(service);
        api.put("/api/v1/players/" + player, "{\"displayName\":\"Ada\"}").expect(201);
        // The service finds this note within a second, and would evict the player.
        StoredRows.change("DELETE FROM player_change WHERE player_id = '" + player + "'");
        awaitHeard(api);
        await().atMost(PATIENCE).untilAsserted(() -> {
            lookUp(api);
            assertThat(matching(api)).isEqualTo(1);
        });

        EmbeddedStores.current().cutSubscriptions();

        // It would stay for minutes.
        await().atMost(PATIENCE).until(() -> matching(api) == 0);
        awaitHeard(api);
        await().atMost(PATIENCE).untilAsserted(() -> {
            lookUp(api);
            assertThat(matching(api)).isEqualTo(1);
        });
    }

    private static void awaitHeard(LaurelApi api) {
        await().atMost(PATIENCE).until(() -> api.delete(CACHES + "/boards?prefix=default/board/nosuch")
                .expect(200)
                .json()
                .path("replicasNotified")
                .asBoolean());
    }

    private void lookUp(LaurelApi api) {
        api.get("/api/v1/players/" + player + "/eligibility?board=pomodoro").expect(200);
    }

    private long matching(LaurelApi api) {
        return api.get(CACHES + "/players?player=" + player)
                .expect(200)
                .json()
                .path("matching")
                .asLong();
    }
}
