package dev.laurel.web.operations;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.StoredRows;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;

/** The state of the database, and what improves it. */
@QuarkusTest
class DatabaseComponentTest {
    private static final String DATABASE = "/api/v1/admin/database";
    private static final String OPTIMIZE = DATABASE + "/optimize";
    private static final String PLAIN = "import_file_uploaded";
    private static final String UNFINISHED = "challenge_revaluation_variant";
    private static final String PARTITIONED = "score_event_outcome";

    @TestHTTPResource
    URI service;

    @Inject
    @CacheName("database-state")
    Cache cached;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LaurelApi api;

    @BeforeEach
    void aService() {
        api = new LaurelApi(service);
    }

    /** As it is now: what tests change by themselves is seen only when what is cached has expired. */
    private JsonNode state() {
        cached.invalidateAll().await().indefinitely();
        return api.get(DATABASE).expect(200).json();
    }

    @Test
    void manyWhoAskAreToldTheSameStateUntilSomethingIsDoneAboutIt() {
        StoredRows.change("CREATE INDEX twin_while_cached ON job_run (job, started_at DESC)");
        JsonNode first = state();

        JsonNode second = api.get(DATABASE).expect(200).json();
        optimize("\"dropIndexes\":[\"twin_while_cached\"]", 200);
        JsonNode third = api.get(DATABASE).expect(200).json();

        assertThat(second.path("asOf").asText()).isEqualTo(first.path("asOf").asText());
        assertThat(index(first, "twin_while_cached").isMissingNode()).isFalse();
        assertThat(index(third, "twin_while_cached").isMissingNode()).isTrue();
    }

    @Test
    void theStateTellsWhatEachIndexServes() {
        JsonNode state = state();

        JsonNode index = index(state, "score_event_feed");
        assertThat(index.path("state").asText()).isEqualTo("VALID");
        assertThat(index.path("table").asText()).isEqualTo("score_event");
        assertThat(index.path("serves").asText()).contains("behind a cursor");
        assertThat(index.path("bytes").asLong()).isPositive();
        assertThat(index(state, "board_pkey").path("constraint").asBoolean()).isTrue();
        assertThat(state.path("version").asText()).startsWith("18");
        assertThat(state.path("databaseBytes").asLong()).isPositive();
        assertThat(state.path("tables").findValuesAsText("name")).contains("standing", "board");
        assertThat(state.path("suggestions").toString()).contains("pg_stat_statements");
    }

    @Test
    void missingAndInvalidIndexesAreFoundAndRepaired() {
        // The next partition, which is created in advance, has to get the index, too.
        StoredRows.change("DROP INDEX " + PARTITIONED);
        StoredRows.change("DROP INDEX " + PLAIN);
        StoredRows.change("DROP INDEX " + UNFINISHED);
        createInVain();

        JsonNode before = state();
        assertThat(index(before, PLAIN).path("state").asText()).isEqualTo("MISSING");
        assertThat(index(before, UNFINISHED).path("state").asText()).isEqualTo("INVALID");
        assertThat(before.path("suggestions").toString())
                .contains("Index " + PLAIN + " on import_file is missing", "Index " + UNFINISHED, "createIndexes");
        JsonNode plan = optimize("\"createIndexes\":true,\"dryRun\":true", 200);
        assertThat(plan.path("state").asText()).isEqualTo("PLANNED");
        assertThat(plan.path("steps").findValuesAsText("state")).containsOnly("PLANNED");
        assertThat(index(state(), PLAIN).path("state").asText()).isEqualTo("MISSING");

        JsonNode done = optimize("\"createIndexes\":true,\"reason\":\"After a restore\",\"author\":\"ops\"", 200);

        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
        assertThat(done.path("steps").findValuesAsText("object")).contains(PLAIN, PARTITIONED, UNFINISHED);
        assertThat(done.path("steps").findValuesAsText("detail")).allMatch(detail -> detail.startsWith("verified"));
        JsonNode after = state();
        assertThat(List.of(PLAIN, PARTITIONED, UNFINISHED))
                .allSatisfy(name ->
                        assertThat(index(after, name).path("state").asText()).isEqualTo("VALID"));
        assertThat(optimize("\"createIndexes\":true", 200).path("steps")).isEmpty();
        assertThat(api.get(OPTIMIZE).expect(200).json().path("state").asText()).isEqualTo("DONE");
        JsonNode log = api.get("/api/v1/admin/log?limit=10").expect(200).json().path("items");
        assertThat(log.findValuesAsText("reason"))
                .anyMatch(reason -> reason.contains("CREATE_INDEX " + PLAIN + " PLANNED") && reason.contains("restore"))
                .anyMatch(reason -> reason.startsWith("Ended") && reason.contains("CREATE_INDEX " + PLAIN + " DONE"));
    }

    @Test
    void anIndexThatServesNothingMoreIsReportedAndDroppedWhenAskedFor() {
        StoredRows.change("CREATE INDEX twin_of_latest ON job_run (job, started_at DESC)");

        JsonNode state = state();
        assertThat(index(state, "twin_of_latest").path("coveredBy").asText()).isEqualTo("job_run_latest");
        assertThat(index(state, "job_run_latest").has("coveredBy")).isFalse();
        assertThat(state.path("suggestions").toString()).contains("twin_of_latest");
        assertThat(optimize("\"createIndexes\":true,\"vacuum\":true", 200)
                        .path("steps")
                        .findValuesAsText("object"))
                .doesNotContain("twin_of_latest");
        assertProblem(
                api.post(OPTIMIZE, "{\"dropIndexes\":[\"twin_of_latest\",\"job_run_latest\",\"board_pkey\"]}"),
                422,
                "dropIndexes[1]",
                "dropIndexes[2]");

        JsonNode done = optimize("\"dropIndexes\":[\"twin_of_latest\"]", 200);

        assertThat(done.path("steps").path(0).path("state").asText()).isEqualTo("DONE");
        assertThat(index(state(), "twin_of_latest").isMissingNode()).isTrue();
    }

    @Test
    void aTableWithDeadRowsIsVacuumedAndCachesAreClearedAndWarmed() {
        StoredRows.change("CREATE TABLE worn_out (id integer) WITH (autovacuum_enabled = false)");
        try {
            StoredRows.change("INSERT INTO worn_out SELECT generate_series(1, 5000)");
            StoredRows.change("DELETE FROM worn_out WHERE id <= 4000");
            // The statistics know of it once the server has ended the connection that did it.
            await().atMost(PATIENCE)
                    .until(() ->
                            StoredRows.number("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'worn_out'")
                                    >= 4_000);
            JsonNode done = optimize("\"vacuum\":true,\"analyze\":true,\"clearCaches\":true,\"warmCaches\":true", 200);

            JsonNode step = StreamSupport.stream(done.path("steps").spliterator(), false)
                    .filter(one -> one.path("object").asText().equals("worn_out"))
                    .findFirst()
                    .orElseThrow();
            assertThat(step.path("action").asText()).isEqualTo("VACUUM");
            assertThat(step.path("statements").path(0).asText()).isEqualTo("VACUUM (ANALYZE) \"worn_out\"");
            assertThat(step.path("state").asText()).isEqualTo("DONE");
            assertThat(done.path("steps").findValuesAsText("action")).endsWith("CLEAR_CACHES", "WARM_CACHES");
            assertThat(done.path("steps")
                            .path(done.path("steps").size() - 2)
                            .path("detail")
                            .asText())
                    .endsWith("values dropped");
        } finally {
            StoredRows.change("DROP TABLE worn_out");
        }
    }

    @Test
    void oneRunsAtATimeOverAllProcesses() {
        StoredRows.change("DROP INDEX " + PLAIN);
        try (OtherTransaction other = OtherTransaction.begun()) {
            other.run("SELECT pg_advisory_xact_lock(" + 0x4C61_7572_656C_4F70L + ")");

            assertProblem(api.post(OPTIMIZE, "{\"createIndexes\":true}"), 409);
        }
        assertThat(optimize("\"createIndexes\":true", 200).path("state").asText())
                .isEqualTo("DONE");
    }

    /** An index whose creation is given up while another transaction holds it up is there, and invalid. */
    private static void createInVain() {
        try (OtherTransaction other = OtherTransaction.begun()) {
            other.run("LOCK TABLE challenge_revaluation IN ROW EXCLUSIVE MODE");
            CompletableFuture<Integer> creation = CompletableFuture.supplyAsync(() -> StoredRows.change(
                    "CREATE INDEX CONCURRENTLY " + UNFINISHED + " ON challenge_revaluation (challenge, variant)"));
            await().atMost(PATIENCE)
                    .until(() -> StoredRows.number(
                                    "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                                            + " WHERE c.relname = ? AND NOT i.indisvalid",
                                    UNFINISHED)
                            == 1);
            StoredRows.column(
                    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE ?"
                            + " AND pid <> pg_backend_pid()",
                    "CREATE INDEX CONCURRENTLY " + UNFINISHED + "%");
            assertThatThrownBy(creation::join).rootCause().hasMessageContaining("canceling");
        }
    }

    private JsonNode optimize(String fields, int status) {
        return api.post(OPTIMIZE, "{" + fields + "}").expect(status).json();
    }

    private static JsonNode index(JsonNode state, String name) {
        return StreamSupport.stream(state.path("indexes").spliterator(), false)
                .filter(index -> index.path("name").asText().equals(name))
                .findFirst()
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }
}
