package dev.laurel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.database.IndexState.State;
import dev.laurel.database.IndexState.Use;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class OptimizationPlanTest {
    private static final String PLAIN = "job_run_latest";
    private static final String PARTITIONED = "score_event_feed";
    private static final OptimizeOrder ALL = new OptimizeOrder(true, List.of(), true, true);

    private final IndexCatalog catalog = new IndexCatalog();

    private IndexState index(String name, String table, State state) {
        String serves = catalog.find(name).map(IndexSpec::serves).orElse(null);
        return new IndexState(name, table, serves, state, "", 0, Use.NONE, false, false, null);
    }

    private List<Step> plan(OptimizeOrder order, List<TableState> tables, IndexState... indexes) {
        return new OptimizationPlan(
                        catalog,
                        List.of(indexes),
                        tables,
                        Map.of("score_event", List.of("score_event_2026_11", "score_event_other")))
                .steps(order);
    }

    @Test
    void aMissingIndexIsCreatedWhileItsTableIsWritten() {
        List<Step> steps = plan(ALL, List.of(), index(PLAIN, "job_run", State.MISSING));

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo(Action.CREATE_INDEX);
            assertThat(step.reason()).contains("the latest runs of a job");
            assertThat(step.statements())
                    .containsExactly("CREATE INDEX CONCURRENTLY job_run_latest ON job_run (job, started_at DESC)");
        });
    }

    @Test
    void thatOfAPartitionedTableIsCreatedPartByPart() {
        List<Step> steps = plan(ALL, List.of(), index(PARTITIONED, "score_event", State.MISSING));

        assertThat(steps.get(0).statements())
                .containsExactly(
                        "CREATE INDEX score_event_feed ON ONLY score_event ((board_id & 15), tx, id)",
                        "DROP INDEX CONCURRENTLY IF EXISTS \"score_event_feed_2026_11\"",
                        "CREATE INDEX CONCURRENTLY \"score_event_feed_2026_11\" ON \"score_event_2026_11\" ((board_id & 15), tx, id)",
                        "ALTER INDEX \"score_event_feed\" ATTACH PARTITION \"score_event_feed_2026_11\"",
                        "DROP INDEX CONCURRENTLY IF EXISTS \"score_event_feed_other\"",
                        "CREATE INDEX CONCURRENTLY \"score_event_feed_other\" ON \"score_event_other\" ((board_id & 15), tx, id)",
                        "ALTER INDEX \"score_event_feed\" ATTACH PARTITION \"score_event_feed_other\"");
    }

    @Test
    void anInvalidIndexIsRebuiltAndRemainsAreDropped() {
        List<Step> steps = plan(
                ALL,
                List.of(),
                index(PLAIN, "job_run", State.INVALID),
                index(PLAIN + "_ccnew", "job_run", State.INVALID),
                index("own", "job_run", State.VALID));

        assertThat(steps)
                .extracting(Step::statements)
                .containsExactly(
                        List.of("REINDEX INDEX CONCURRENTLY \"job_run_latest\""),
                        List.of("DROP INDEX CONCURRENTLY \"job_run_latest_ccnew\""));
    }

    @Test
    void onlyTablesThatNeedItAreMaintained() {
        Instant then = Instant.EPOCH;
        List<Step> steps = plan(
                ALL,
                List.of(
                        new TableState("both", 10_000, 1_000, 1_000, 0, null, then, then),
                        new TableState("dead", 10_000, 1_000, 999, 0, null, then, then),
                        new TableState("changed", 10_000, 999, 1_000, 0, null, then, then),
                        new TableState("new", 1_000_000, 0, 1_000, 0, null, null, null),
                        new TableState("fine", 1_000_000, 50_000, 50_000, 0, null, then, then)));

        assertThat(steps)
                .extracting(step -> step.statements().get(0))
                .containsExactly(
                        "VACUUM (ANALYZE) \"both\"", "VACUUM \"dead\"", "ANALYZE \"changed\"", "ANALYZE \"new\"");
    }

    @Test
    void nothingIsDoneThatWasNotAskedFor() {
        OptimizeOrder nothing = new OptimizeOrder(false, List.of(), false, false);

        assertThat(plan(
                        nothing,
                        List.of(new TableState("dead", 0, 100_000, 100_000, 0, null, null, null)),
                        index(PLAIN, "job_run", State.MISSING)))
                .isEmpty();
    }

    @Test
    void whatTheServiceReliesOnIsNotDropped() {
        OptimizeOrder order = new OptimizeOrder(false, List.of("a\"b", PLAIN, "nosuch"), false, false);

        assertThatThrownBy(() -> plan(
                        order, List.of(), index("a\"b", "job_run", State.VALID), index(PLAIN, "job_run", State.VALID)))
                .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.errors())
                        .extracting(error -> error.field())
                        .containsExactly("dropIndexes[1]", "dropIndexes[2]"));
        assertThat(plan(
                                new OptimizeOrder(false, List.of("a\"b"), false, false),
                                List.of(),
                                index("a\"b", "job_run", State.VALID))
                        .get(0)
                        .statements())
                .containsExactly("DROP INDEX CONCURRENTLY \"a\"\"b\"");
    }
}
