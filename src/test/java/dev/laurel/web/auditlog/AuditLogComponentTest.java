package dev.laurel.web.auditlog;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.RawHttp;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/** What administrators do stands in the audit log, and stays there. */
@QuarkusTest
class AuditLogComponentTest {
    private static final String LOG = "/api/v1/admin/audit-log";

    @TestHTTPResource
    URI service;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String board = "audited-" + unique;
    private final String path = "/api/v1/boards/" + board;

    private LaurelApi api;

    @BeforeEach
    void client() {
        api = new LaurelApi(service);
    }

    @Test
    void anEntrySaysWhoHasDoneWhatAndWhatHasChanged() {
        String token = TestTokens.signed(TestTokens.claims("auditor-" + unique, "admin"));
        api.put(path, "{\"title\":\"Before\"}").expect(201);
        api.put(path + "?confirm=true", "{\"title\":\"After\"}", "Authorization", "Bearer " + token)
                .expect(200);
        api.put(path, "{\"title\":\"\"}").expect(422);
        api.delete(path).expect(204);

        JsonNode items = entries("target=" + path);
        assertThat(items)
                .extracting(item -> item.path("operation").asText())
                .containsExactly("deleteBoard", "putBoard", "putBoard", "putBoard");
        assertThat(items)
                .extracting(item -> item.path("outcome").asText())
                .containsExactly("DONE", "REFUSED", "DONE", "DONE");

        JsonNode deleted = items.get(0);
        assertThat(deleted.path("status").asInt()).isEqualTo(204);
        assertThat(deleted.at("/before/title").asText()).isEqualTo("After");
        assertThat(deleted.has("after")).isFalse();

        JsonNode refused = items.get(1);
        assertThat(refused.path("actor").asText()).isEqualTo("open");
        assertThat(refused.has("before") || refused.has("after")).isFalse();

        JsonNode changed = items.get(2);
        assertThat(changed.path("actorKind").asText()).isEqualTo("TOKEN");
        assertThat(changed.path("actor").asText()).isEqualTo("auditor-" + unique);
        assertThat(changed.path("address").asText()).isNotBlank();
        assertThat(changed.at("/parameters/confirm").asText()).isEqualTo("true");
        assertThat(changed.path("at").asText())
                .isLessThanOrEqualTo(changed.path("endedAt").asText());
        assertThat(changed.at("/before/title").asText()).isEqualTo("Before");
        assertThat(changed.at("/after/title").asText()).isEqualTo("After");
        assertThat(changed.path("after").fieldNames())
                .toIterable()
                .contains("revision")
                .doesNotContain("zone");

        JsonNode created = items.get(3);
        assertThat(created.has("before")).isFalse();
        assertThat(created.at("/after/title").asText()).isEqualTo("Before");
        assertThat(items.toString()).doesNotContain(token);
        assertThat(entries("actor=auditor-" + unique)).hasSize(1);
        assertThat(entries("operation=putBoard&target=" + path)).hasSize(3);
    }

    @Test
    void anotherSpellingOfThePathHidesNothing() throws IOException {
        api.put(path, "{\"title\":\"Board\"}").expect(201);
        String spelling = path.replace("/boards/a", "/./boards/%61");

        assertThat(RawHttp.exchange(
                                service,
                                "DELETE " + spelling + " HTTP/1.1\r\nHost: " + service.getAuthority()
                                        + "\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(204);

        assertThat(entries("target=" + path))
                .extracting(item -> item.path("operation").asText())
                .containsExactly("deleteBoard", "putBoard");
    }

    @Test
    void pagesAndFilesHaveEveryEntryOnce() {
        for (int i = 0; i < 5; i++) {
            api.put(path, "{\"title\":\"=Title " + i + "\"}").expect(i == 0 ? 201 : 200);
        }
        JsonNode first = api.get(LOG + "?limit=3&target=" + path).expect(200).json();
        JsonNode second = api.get(LOG + "?limit=3&target=" + path + "&cursor="
                        + first.path("next").asText())
                .expect(200)
                .json();

        assertThat(first.path("items")).hasSize(3);
        assertThat(second.path("items")).hasSize(2);
        assertThat(second.has("next")).isFalse();

        String lines = api.get(LOG + "/export?format=ndjson&target=" + path)
                .expect(200)
                .text();
        assertThat(lines.lines()).hasSize(5).first().asString().contains("=Title 0");
        String table =
                api.get(LOG + "/export?format=csv&target=" + path).expect(200).text();
        assertThat(table.lines().findFirst().orElseThrow()).startsWith("id,at,actorKind,actor,address,operation");
        assertThat(table.lines()).hasSize(6);
        String at = second.path("items").get(1).path("at").asText();
        assertThat(entries("target=" + path + "&to=" + at)).isEmpty();
        assertThat(entries("target=" + path + "&from=" + at)).hasSize(5);
    }

    /** Its record says more about the player than the log should, and can be erased. */
    @Test
    void aPlayerIsNamedWhereAnErasureFindsTheName() {
        String player = "ann-" + unique;
        api.put(path, "{\"title\":\"Board\"}").expect(201);
        api.submit(board, "{\"playerId\":\"" + player + "\",\"score\":3}").expect(200);
        String decision = "{\"reason\":\"About " + player + "\",\"author\":\"referee\"}";
        String target = "/api/v1/admin/boards/" + board + "/rankings/all_time/players/" + player;
        api.put(target + "/disqualification", decision).expect(200);

        JsonNode items = entries("player=" + player);
        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("target").asText()).isEqualTo(target + "/disqualification");
        assertThat(items.get(0).path("playerId").asText()).isEqualTo(player);
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM audit_log l WHERE l.target LIKE ? OR l.parameters::text LIKE ?",
                        "%" + player + "%",
                        "%" + player + "%"))
                .isZero();
    }

    /** Neither by mistake nor on purpose, as long as nobody takes the trigger away. */
    @Test
    void entriesAreNeitherChangedNorRemoved() {
        api.put(path, "{\"title\":\"Board\"}").expect(201);

        for (String statement : List.of(
                "UPDATE audit_log SET actor = 'nobody' WHERE target = ?",
                "UPDATE audit_log SET player_id = 'ann' WHERE target = ?",
                "DELETE FROM audit_log WHERE target = ?",
                "DELETE FROM audit_outcome WHERE id IN (SELECT id FROM audit_log WHERE target = ?)",
                "UPDATE audit_outcome SET status = 200 WHERE id IN (SELECT id FROM audit_log WHERE target = ?)")) {
            assertThatThrownBy(() -> StoredRows.change(statement, path))
                    .as(statement)
                    .hasStackTraceContaining("neither changed nor removed");
        }
        assertThatThrownBy(() -> StoredRows.number("SELECT remove_old_audit_entries(now(), 10)"))
                .hasStackTraceContaining("30 days");
        assertThat(entries("target=" + path)).hasSize(1);
    }

    @Test
    void oldEntriesCanBeRemoved() {
        StoredRows.change(
                "INSERT INTO audit_log (at, actor_kind, actor, address, operation, method, target, parameters)"
                        + " VALUES ('2001-01-01', 'OPEN', 'open', '', 'old', 'PUT', ?, '{}')",
                path);

        assertThat(StoredRows.number("SELECT remove_old_audit_entries('2002-01-01', 10000)"))
                .isPositive();
        assertThat(
                        StoredRows.column(
                                "SELECT has_function_privilege('public', 'remove_old_audit_entries(timestamptz, bigint)', 'EXECUTE')"))
                .as("by any role")
                .containsExactly(false);
        assertThat(entries("target=" + path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cursor=0",
                "limit=201",
                "from=yesterday",
                "to=2026-01-01",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "actor=&x=1",
                "from=-999999999-01-01T00:00:00Z"
            })
    void whatIsInvalidIsNamed(String query) {
        assertProblem(api.get(LOG + "?" + query), 422);
    }

    private JsonNode entries(String query) {
        return api.get(LOG + "?" + query).expect(200).json().path("items");
    }
}
