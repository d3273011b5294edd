package dev.laurel.access.key;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.UUID;

/** What is changed in the table by hand, of which nobody is told. */
@QuarkusTest
class KeyRechecksComponentTest {
    @TestHTTPResource
    URI service;

    @Inject
    KeyRechecks rechecks;

    @Inject
    KeyCache cache;

    @Test
    void aRowThatWasChangedByHandHoldsSoon() {
        LaurelApi api = new LaurelApi(service);
        JsonNode narrowed = key(api);
        JsonNode removed = key(api);
        JsonNode kept = key(api);
        String tenant = "rechecked-" + UUID.randomUUID().toString().substring(0, 8);
        api.post("/api/v1/admin/tenants", "{\"name\":\"%s\",\"title\":\"T\"}".formatted(tenant))
                .expect(201);
        JsonNode ofAnother = key(api, ",\"tenant\":\"" + tenant + "\"");
        for (JsonNode key : new JsonNode[] {narrowed, removed, kept, ofAnother}) {
            api.get("/api/v1/boards", bearer(key)).expect(200);
        }
        assertThat(isInMemory(ofAnother)).isTrue();
        assertThat(StoredRows.change("UPDATE access_key SET scopes = 'write' WHERE id = ?", id(narrowed)))
                .isEqualTo(1);
        assertThat(StoredRows.change("DELETE FROM access_key WHERE id = ?", id(removed)))
                .isEqualTo(1);

        OnEventLoop.await(() -> rechecks.check());

        assertProblem(api.get("/api/v1/boards", bearer(narrowed)), 403);
        assertProblem(api.get("/api/v1/boards", bearer(removed)), 401);
        api.get("/api/v1/boards", bearer(kept)).expect(200);
        assertThat(isInMemory(kept)).as("not read again").isTrue();
        assertThat(isInMemory(ofAnother)).as("of another tenant").isTrue();
        api.get("/api/v1/boards", bearer(ofAnother)).expect(200);
    }

    private boolean isInMemory(JsonNode key) {
        String secret = key.path("key").asText();
        return cache.known(Secret.digest(secret)) != null || cache.known(Secret.digestOfOthers(secret)) != null;
    }

    private static JsonNode key(LaurelApi api) {
        return key(api, "");
    }

    private static JsonNode key(LaurelApi api, String further) {
        return api.post("/api/v1/admin/keys", "{\"name\":\"rechecked\",\"scopes\":[\"read\"]" + further + "}")
                .expect(201)
                .json();
    }

    private static String id(JsonNode key) {
        return key.at("/details/id").asText();
    }

    private static String[] bearer(JsonNode key) {
        return new String[] {"Authorization", "Bearer " + key.path("key").asText()};
    }
}
