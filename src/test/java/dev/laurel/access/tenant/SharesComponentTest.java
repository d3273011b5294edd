package dev.laurel.access.tenant;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static dev.laurel.testing.Uploads.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** What one tenant holds of what all share. */
@QuarkusTest
class SharesComponentTest {
    private static final String ROWS = "player,score\nann,1\n";

    /** Taken by a process that does not exist, so that nobody works on it. */
    private static final String UNDER_WAY = """
            INSERT INTO import_job (tenant_id, board_id, file, file_name, file_bytes, fingerprint, mode, mapping, dry_run, atomic,
                on_change, closed_windows, at, author, reason, state, lease, leased_until, started_at)
            SELECT b.tenant_id, b.id, gen_random_uuid(), 'f', 1, 'x', 'EVENTS', '{}', true, false, 'ADD', 'REFUSE', now(), 'a', 'r', ?,
                CASE ? WHEN 'RUNNING' THEN gen_random_uuid() END, now() + interval '1 hour', now()
            FROM board b WHERE b.tenant_id = ? AND b.name = ? AND b.deleted_at IS NULL""";

    private static final String QUEUED =
            UNDER_WAY.replace("now() + interval '1 hour', now()", "NULL::timestamptz, NULL::timestamptz");

    @TestHTTPResource
    URI service;

    @Inject
    Shares shares;

    @Inject
    TenantRegistry tenants;

    private final String name = "s-" + UUID.randomUUID().toString().substring(0, 8);
    private LaurelApi operator;
    private LaurelApi theirs;
    private BoardSpec board;
    private short number;

    @BeforeEach
    void register() {
        operator = new LaurelApi(service);
        operator.post("/api/v1/admin/tenants", "{\"name\":\"%s\",\"title\":\"T\"}".formatted(name))
                .expect(201);
        String key = operator.post(
                        "/api/v1/admin/keys",
                        "{\"name\":\"k\",\"tenant\":\"%s\",\"scopes\":[\"admin\"]}".formatted(name))
                .expect(201)
                .json()
                .path("key")
                .asText();
        theirs = new LaurelApi(service, "Authorization", "Bearer " + key);
        number = tenants.named(name).orElseThrow().tenant().id();
        board = aBoard("shares").sum().build();
        operator.putBoard(board).expect(201);
        theirs.putBoard(board).expect(201);
        // Of 100 imports that may wait, two are enough here.
        shares.use(0.02);
    }

    @AfterEach
    void share() {
        shares.use(1);
        StoredRows.change("DELETE FROM import_job WHERE tenant_id = ? AND file_name = 'f'", number);
    }

    @Test
    void oneTenantDoesNotTakeAllPlacesForWaitingImports() {
        for (int i = 0; i < 2; i++) {
            assertThat(StoredRows.change(UNDER_WAY, "RUNNING", "RUNNING", number, board.id()))
                    .isEqualTo(1);
        }

        Reply refused = upload(theirs);

        assertProblem(refused, 429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().path("detail").asText()).contains("imports");
        await().atMost(Duration.ofSeconds(30)).until(() -> upload(operator).status() == 202);
        shares.use(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> upload(theirs).status() == 202);
    }

    private Reply upload(LaurelApi api) {
        return new Uploads(api).send(form(board.id(), "EVENTS"), UUID.randomUUID() + ".csv", ROWS);
    }

    /** In a transaction that sees the imports of this test alone: it locks what others have ordered. */
    @Test
    void tenantsTakeTurns() {
        try (OtherTransaction other = OtherTransaction.begun()) {
            other.run("UPDATE import_job SET state = 'CANCELLED' WHERE state IN ('QUEUED', 'RUNNING', 'UNDOING')");
            String second = aBoard("shares-two").sum().build().id();
            theirs.put("/api/v1/boards/" + second, "{\"title\":\"B\"}").expect(201);
            other.run(QUEUED, "QUEUED", "QUEUED", number, board.id());
            other.run(QUEUED, "QUEUED", "QUEUED", number, second);
            other.run(QUEUED, "QUEUED", "QUEUED", (short) 1, board.id());

            String taken = "SELECT tenant_id::text FROM take_import(gen_random_uuid(), 60000)";
            assertThat(other.texts(taken).get(0)).isEqualTo(String.valueOf(number));
            assertThat(other.texts(taken).get(0)).isEqualTo("1");
            assertThat(other.texts(taken).get(0)).isEqualTo(String.valueOf(number));
        }
    }
}
