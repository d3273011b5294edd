package dev.laurel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Statements as the extension shows them, and how the server would carry them out. */
@QuarkusTest
class StatementReadsComponentTest {
    private static final String SCHEMA = "\"Stats\"";

    @Inject
    StatementReads reads;

    @Inject
    DatabaseReads database;

    @BeforeEach
    void aServerThatCounts() {
        StoredRows.change("""
                DO $$ BEGIN
                    DROP SCHEMA IF EXISTS "Stats" CASCADE;
                    CREATE SCHEMA "Stats";
                    CREATE VIEW "Stats".pg_stat_statements AS
                        SELECT d.oid AS dbid, s.id::bigint AS queryid, s.text AS query, 7::bigint AS calls,
                            2.5::double precision AS mean_exec_time, s.id * 10.0::double precision AS total_exec_time,
                            14::bigint AS rows
                        FROM pg_database d, (VALUES
                            (-4, 'SELECT ' || repeat('x', 2000)),
                            (-3, 'SELECT name FROM board WHERE tenant_id = $1 AND name = $2'),
                            (-2, 'DELETE FROM board WHERE id = $1'),
                            (-1, 'SELECT 1; DELETE FROM board'),
                            (1, 'SELECT setval($1, $2) FROM no_such_table')) AS s(id, text);
                END $$""");
    }

    @AfterEach
    void noMore() {
        StoredRows.change("DROP SCHEMA \"Stats\" CASCADE");
    }

    @Test
    void theyAreReadAsTheExtensionShowsThem() {
        List<SlowStatement> found = OnEventLoop.await(() -> reads.slow(SCHEMA));

        assertThat(found).extracting(SlowStatement::id).containsExactly(1L, -1L, -2L, -3L, -4L);
        assertThat(found.get(4).text()).hasSize(1_000).startsWith("SELECT xxx");
        assertThat(found.get(4))
                .extracting(SlowStatement::calls, SlowStatement::meanMs)
                .containsExactly(7L, 2.5);
    }

    @Test
    void aPlainSelectIsExplainedWithoutItsValues() {
        StatementPlan plan = OnEventLoop.await(() -> reads.plan(SCHEMA, -3));

        assertThat(plan.text()).startsWith("SELECT name");
        assertThat(plan.lines()).anyMatch(line -> line.contains("Scan")).anyMatch(line -> line.contains("$1"));
    }

    @Test
    void nothingElseIs() {
        assertThatThrownBy(() -> OnEventLoop.await(() -> reads.plan(SCHEMA, -2)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("Only a plain SELECT");
        assertThatThrownBy(() -> OnEventLoop.await(() -> reads.plan(SCHEMA, -1)))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> OnEventLoop.await(() -> reads.plan(SCHEMA, 1)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("no_such_table");
        assertThatThrownBy(() -> OnEventLoop.await(() -> reads.plan(SCHEMA, 99)))
                .isInstanceOf(NotFound.class);
    }

    /** Whatever passes for a statement, the server takes one only. */
    @Test
    void theServerItselfRefusesSeveralStatements() {
        assertThatThrownBy(() ->
                        StoredRows.column("SELECT explain_select(?)", "SELECT 1; CREATE TABLE planted (a integer)"))
                .hasStackTraceContaining("multi");
        assertThat(StoredRows.column("SELECT to_regclass('planted')::text")).containsOnlyNulls();
    }

    @Test
    void anIndexTellsWhatItCostsAndATableWhatItWastes() {
        StoredRows.change("CREATE TABLE priced (id integer, padding text) WITH (autovacuum_enabled = false)");
        try {
            StoredRows.change("CREATE INDEX priced_id ON priced (id)");
            StoredRows.change("INSERT INTO priced SELECT n, repeat('x', 100) FROM generate_series(1, 20000) n");
            StoredRows.change("UPDATE priced SET id = -id WHERE id <= 5000");
            StoredRows.change("DELETE FROM priced WHERE id > 5000");

            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
                // What an older transaction could still see is removed once that has ended.
                StoredRows.change("VACUUM ANALYZE priced");
                IndexState index = OnEventLoop.await(database::indexes).stream()
                        .filter(one -> one.name().equals("priced_id"))
                        .findFirst()
                        .orElseThrow();
                assertThat(index.use().writes()).isEqualTo(25_000);
                assertThat(index.use().entries()).isEqualTo(5_000);
                assertThat(index.writtenBytes()).isGreaterThan(25_000 * 10L);
                assertThat(index.isPoorlyUsed()).isTrue();
            });
            TableState table = OnEventLoop.await(database::tables).stream()
                    .filter(one -> one.name().equals("priced"))
                    .findFirst()
                    .orElseThrow();
            // Three quarters of some three megabytes.
            assertThat(table.bloatBytes()).isBetween(500_000L, 4_000_000L);
        } finally {
            StoredRows.change("DROP TABLE priced");
        }
    }
}
