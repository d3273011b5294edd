package dev.laurel.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.shared.LaurelException.ConfirmationRequired;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Two administrators of a tenant whose keys are revoked at the same moment, each on a connection of its own. */
@QuarkusTest
class LastAdministratorComponentTest {
    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND query ILIKE '%access_key%' AND datname = current_database()""";

    @TestHTTPResource
    URI service;

    @Inject
    Keys keys;

    @Inject
    TenantRegistry tenants;

    @Test
    void oneOfTwoAdministratorsStays() {
        LaurelApi api = new LaurelApi(service);
        String name = "two-" + UUID.randomUUID().toString().substring(0, 8);
        api.post("/api/v1/admin/tenants", "{\"name\":\"%s\",\"title\":\"T\"}".formatted(name))
                .expect(201);
        Tenant tenant = tenants.named(name).orElseThrow().tenant();
        String one = administrator(api, name);
        String two = administrator(api, name);
        CompletableFuture<Boolean> first;
        CompletableFuture<Boolean> second;
        try (OtherTransaction other = OtherTransaction.begun()) {
            other.run("SELECT FROM access_key WHERE tenant_id = ? FOR UPDATE", tenant.id());
            first = revoked(tenant, one);
            second = revoked(tenant, two);
            waitForBoth();
        }

        assertThat(List.of(first.join(), second.join())).containsExactlyInAnyOrder(true, false);
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM access_key WHERE tenant_id = ? AND revoked_at IS NULL", tenant.id()))
                .isEqualTo(1);
    }

    /** Not for ever: they have deadlines. On a slow machine one may come later, which must not matter either. */
    private static void waitForBoth() {
        try {
            await().atMost(Duration.ofSeconds(3)).until(() -> StoredRows.number(WAITING) >= 2);
        } catch (ConditionTimeoutException slow) {
            // The outcome is the same.
        }
    }

    private CompletableFuture<Boolean> revoked(Tenant tenant, String id) {
        return CompletableFuture.supplyAsync(() -> OnEventLoop.await(() -> keys.revoke(tenant, id, false)
                .onFailure(Unavailable.class)
                .retry()
                .atMost(5)
                .replaceWith(true)
                .onFailure(ConfirmationRequired.class)
                .recoverWithItem(false)));
    }

    private static String administrator(LaurelApi api, String tenant) {
        JsonNode made = api.post(
                        "/api/v1/admin/keys",
                        "{\"name\":\"a\",\"tenant\":\"%s\",\"scopes\":[\"admin\"]}".formatted(tenant))
                .expect(201)
                .json();
        return made.at("/details/id").asText();
    }
}
