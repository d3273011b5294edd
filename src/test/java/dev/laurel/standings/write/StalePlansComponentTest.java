package dev.laurel.standings.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.EmbeddedStores;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A connection that has planned its statements on an almost empty table still finds keys by index when the table has grown,
 * although no statistics have been collected since. A temporary table stands before the one of the service.
 */
@QuarkusTest
class StalePlansComponentTest {
    /** PostgreSQL keeps the plan of a statement from its sixth execution. */
    private static final int UNTIL_KEPT = 8;

    private static final String KEYS = "array_agg('id-' || i ORDER BY i)";

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = EmbeddedStores.current().connect();
        run("CREATE TEMPORARY TABLE event_key (LIKE public.event_key INCLUDING ALL)");
        keys(1, 30);
        run("ANALYZE event_key");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aBatchSentAgainReadsItsKeysAlone() throws SQLException {
        repeat(1, 1);
        keys(31, 20_000);

        assertThat(rowsReadInSequence(() -> assertThat(repeat(10_000, 10_099)).isEqualTo(100)))
                .isZero();
    }

    @Test
    void answersAreKeptByKey() throws SQLException {
        remember(1, 1);
        keys(31, 20_000);

        assertThat(rowsReadInSequence(() -> remember(10_000, 10_099))).isZero();
        assertThat(number("SELECT count(*) FROM event_key WHERE answer IS NOT NULL AND event_id <> 'id-1'"))
                .isEqualTo(100);
    }

    private void keys(int first, int last) throws SQLException {
        run("INSERT INTO event_key (board_id, event_id, content_hash, received_at) SELECT 1, 'id-' || i, i, now()"
                + " FROM generate_series(" + first + ", " + last + ") AS i");
    }

    /** Sends events again whose keys are there; returns how many were recognized. */
    private long repeat(int first, int last) throws SQLException {
        String ones = "array_agg(1)";
        String nulls = "array_agg(NULL::bigint)";
        long found = 0;
        for (int time = 0; time < UNTIL_KEPT; time++) {
            found = number("SELECT count(*) FROM (SELECT " + ones + " AS n, " + nulls + " AS none, " + KEYS
                    + " AS ids, array_agg(i::bigint ORDER BY i) AS hashes FROM generate_series(" + first + ", " + last
                    + ") AS i) AS e, LATERAL apply_scores('{}', '{}', '{}', '{}', '{}', n, n::smallint[], n, ids, none,"
                    + " none::text[], none, none, ids, hashes, none::text[], none::smallint[], none, none, none, none,"
                    + " none, none, false) WHERE outcome = 'D'");
        }
        return found;
    }

    private void remember(int first, int last) throws SQLException {
        for (int time = 0; time < UNTIL_KEPT; time++) {
            run("SELECT remember_answers(array_agg(1), " + KEYS + ", array_agg('[]'::text)) FROM generate_series("
                    + first + ", " + last + ") AS i");
        }
    }

    private long rowsReadInSequence(Work work) throws SQLException {
        connection.setAutoCommit(false);
        work.run();
        return number("SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relid = 'pg_temp.event_key'::regclass");
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }
}
