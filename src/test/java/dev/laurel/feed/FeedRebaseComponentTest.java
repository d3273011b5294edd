package dev.laurel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.EmbeddedStores;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** After a restore into a server with lower transaction ids, new rows come behind those that were restored. */
@QuarkusTest
class FeedRebaseComponentTest {
    private static final long RESTORED = 900_000_000_000L;

    /** As a dump has it that was made in another server. */
    private static final String ELSEWHERE = "UPDATE feed_shift SET cluster = 1";

    /** All in one transaction that is undone: the tables are those of the other tests. */
    @Test
    void newRowsComeBehindRestoredOnes() throws SQLException {
        try (Connection connection = EmbeddedStores.current().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(text(statement, "SELECT rebase_feed()")).isEqualTo("f");
            statement.execute(
                    "INSERT INTO change (board_id, kind, subject, tx) VALUES (0, 'X', 'old', '" + RESTORED + "')");

            assertThat(text(statement, "SELECT rebase_feed()"))
                    .as("in the same server")
                    .isEqualTo("f");
            statement.execute(ELSEWHERE);
            assertThat(text(statement, "SELECT rebase_feed()")).isEqualTo("t");

            statement.execute("INSERT INTO change (board_id, kind, subject) VALUES (0, 'X', 'new')");
            assertThat(Long.parseLong(text(statement, "SELECT tx FROM change WHERE subject = 'new'")))
                    .isGreaterThan(RESTORED);
            assertThat(Long.parseLong(text(
                            statement,
                            "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)"
                                    + " VALUES (0, 'p', 1, 0, now()) RETURNING tx")))
                    .isGreaterThan(RESTORED);
            // What was restored is decided, and what is being written is not.
            assertThat(
                            text(
                                    statement,
                                    "SELECT string_agg(subject, ',' ORDER BY id) FROM change WHERE kind = 'X' AND tx < feed_horizon()"))
                    .isEqualTo("old");
            // And into yet another one, whose ids go on from there.
            statement.execute(ELSEWHERE);
            assertThat(text(statement, "SELECT rebase_feed()")).isEqualTo("f");
            connection.rollback();
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
