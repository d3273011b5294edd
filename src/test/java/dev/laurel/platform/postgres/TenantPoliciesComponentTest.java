package dev.laurel.platform.postgres;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Uploads.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.platform.tenant.VisibleRows;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The second wall: what PostgreSQL shows a statement of a request that forgets the tenant. */
@QuarkusTest
class TenantPoliciesComponentTest {
    private static final String TABLES = """
            SELECT c.relname::text FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND EXISTS (SELECT FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)""";

    private static final String NEW_PLAYER =
            "INSERT INTO player (tenant_id, id, display_name, visibility, words, revision, created_at, updated_at)"
                    + " VALUES ($1, $2, 'N', 'PUBLIC', '', 1, now(), now())";

    /** A number that no tenant has. */
    private static final short NOBODY = 32_000;

    private static final String AS_NOBODY = "SET LOCAL ROLE laurel_requests; SET LOCAL laurel.tenants = '{32000}'";

    @TestHTTPResource
    URI service;

    @Inject
    Sql sql;

    @Inject
    RequestRole role;

    @Inject
    RequestRoleCheck check;

    private RequestRoles requests;

    @BeforeEach
    void begin() {
        requests = RequestRoles.begin();
    }

    @AfterEach
    void end() {
        requests.close();
    }

    /** A table that a later migration adds gets its policy by the same process that migrates. */
    @Test
    void eachTableWithATenantHasAPolicyThatHolds() {
        List<Object> tables = StoredRows.column(TABLES);

        assertThat(OnEventLoop.await(() -> check.faults(RequestRoles.NAME))).isEmpty();
        assertThat(tables).hasSizeGreaterThan(70);
        new LaurelApi(service)
                .put("/api/v1/players/" + UUID.randomUUID(), "{\"displayName\":\"Somebody\"}")
                .expect(201);
        for (Object table : tables) {
            try (OtherTransaction other = OtherTransaction.begun()) {
                other.run(AS_NOBODY);
                assertThat(other.number("SELECT count(*) FROM " + table))
                        .as("rows of %s", table)
                        .isZero();
                // Nothing may change the audit log.
                if (!table.equals("audit_log")) {
                    assertThat(other.change("UPDATE " + table + " SET tenant_id = tenant_id"))
                            .as("%s", table)
                            .isZero();
                    assertThat(other.change("DELETE FROM " + table))
                            .as("%s", table)
                            .isZero();
                }
            }
        }
    }

    @Test
    void aStatementThatForgetsTheTenantFindsAndWritesNothing() {
        String id = "p-" + UUID.randomUUID();
        assertThat(count(1, "SELECT count(*) FROM board")).isPositive();

        assertThat(count(NOBODY, "SELECT count(*) FROM board")).isZero();
        assertThatThrownBy(() -> OnEventLoop.await(() -> of(NOBODY, () -> sql.run(NEW_PLAYER, (short) 1, id))))
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> OnEventLoop.await(() ->
                        of(NOBODY, () -> sql.inTransaction(transaction -> transaction.run(NEW_PLAYER, (short) 1, id)))))
                .hasMessageContaining("row-level security");
        assertThat(count(1, "SELECT count(*) FROM player WHERE id = '" + id + "'"))
                .isZero();
        assertThat(count(NOBODY, () -> sql.inSnapshot(transaction -> transaction.run("SELECT count(*) FROM board"))
                        .map(rows -> rows.iterator().next().getLong(0))))
                .isZero();
    }

    /** A failure, too, leaves nothing of it on a connection that others use next. */
    @Test
    void aConnectionIsTheServicesOwnAgainAfterwards() {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> OnEventLoop.await(() -> of(1, () -> sql.run("SELECT 1 / 0"))))
                    .satisfies(failure -> assertThat(state(failure)).isEqualTo("22012"));
            assertThat(OnEventLoop.await(() -> sql.runForJob("SELECT current_user::text"))
                            .iterator()
                            .next()
                            .getString(0))
                    .isNotEqualTo(RequestRoles.NAME);
        }
        assertThat(OnEventLoop.await(() -> of(1, () -> sql.run("SELECT current_user::text")))
                        .iterator()
                        .next()
                        .getString(0))
                .isEqualTo(RequestRoles.NAME);
    }

    @Test
    void requestsRunUnderTheRole() {
        LaurelApi api = new LaurelApi(service);
        api.get("/api/v1/boards").expect(200);
        api.get("/api/v1/players?limit=1").expect(200);

        role.use("laurel_absent");

        api.get("/api/v1/boards").expect(500);
        api.get("/api/v1/players?limit=1").expect(500);
        api.get("/api/v1/admin/status").expect(200);
    }

    /** The worker that takes the next import is woken up by a request of one tenant, and works for all. */
    @Test
    void importsOfEveryTenantAreWorkedOn() {
        LaurelApi operator = new LaurelApi(service);
        String name = "w-" + UUID.randomUUID().toString().substring(0, 8);
        operator.post("/api/v1/admin/tenants", "{\"name\":\"%s\",\"title\":\"T\"}".formatted(name))
                .expect(201);
        String key = operator.post(
                        "/api/v1/admin/keys",
                        "{\"name\":\"k\",\"tenant\":\"%s\",\"scopes\":[\"admin\"]}".formatted(name))
                .expect(201)
                .json()
                .path("key")
                .asText();
        LaurelApi theirs = new LaurelApi(service, "Authorization", "Bearer " + key);
        BoardSpec board = aBoard("wall").sum().build();
        for (LaurelApi api : List.of(operator, theirs)) {
            api.putBoard(board).expect(201);
        }
        for (LaurelApi api : List.of(theirs, operator, theirs)) {
            Uploads uploads = new Uploads(api);
            String file = "player,score\n" + UUID.randomUUID() + ",1\n";
            assertThat(uploads.run(form(board.id(), "EVENTS"), "a.csv", file)
                            .path("state")
                            .asText())
                    .isEqualTo("DONE");
        }
    }

    @Test
    void whatWouldOpenTheWallIsNamed() {
        assertFault("ALTER TABLE friend DISABLE ROW LEVEL SECURITY", "table friend has no policy");
        assertFault("DROP POLICY own_tenant ON friend", "table friend has no policy");
        assertFault("CREATE POLICY more ON friend USING (true)", "policy more of table friend");
        assertFault("ALTER ROLE laurel_requests BYPASSRLS", "not subject to policies");
        assertFault("ALTER ROLE laurel_requests SUPERUSER", "not subject to policies");
        assertFault("ALTER TABLE friend OWNER TO laurel_requests", "owns friend");
        assertFault("GRANT pg_read_all_data TO laurel_requests", "may take on the role pg_read_all_data");
        assertFault("REVOKE DELETE ON friend FROM laurel_requests", "may not DELETE table friend");
        assertFault("CREATE TABLE later (tenant_id smallint)", "table later has no policy");
        try (OtherTransaction other = OtherTransaction.ofSuperuser()) {
            other.run("ALTER TABLE friend OWNER TO postgres").run("GRANT ALL ON friend TO laurel");
            other.run("SET LOCAL ROLE laurel");
            assertThat(other.texts("SELECT f FROM faults_of_role_of_requests('laurel_requests') AS f"))
                    .anySatisfy(found -> assertThat(found).contains("policies of table friend hold for laurel"));
        }
        assertThat(RequestRoleCheck.problem("r", List.of("a", "b", "c", "d", "e", "f", "g")))
                .contains("a; b; c; d; e; and 2 more")
                .doesNotContain("; f");
        assertThatThrownBy(() -> role.use("x; DROP TABLE board")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertFault(String change, String fault) {
        try (OtherTransaction other = OtherTransaction.ofSuperuser()) {
            other.run(change);
            assertThat(other.texts("SELECT f FROM faults_of_role_of_requests('laurel_requests') AS f"))
                    .as(change)
                    .anySatisfy(found -> assertThat(found).contains(fault));
        }
    }

    private long count(int tenant, String statement) {
        return count(tenant, () -> sql.run(statement)
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    private static long count(int tenant, Supplier<Uni<Long>> work) {
        return OnEventLoop.await(() -> of(tenant, work));
    }

    private static <T> Uni<T> of(int tenant, Supplier<Uni<T>> work) {
        return VisibleRows.during(List.of(new Tenant((short) tenant)), work);
    }

    private static String state(Throwable failure) {
        return ((PgException) (failure instanceof PgException ? failure : failure.getCause())).getSqlState();
    }
}
