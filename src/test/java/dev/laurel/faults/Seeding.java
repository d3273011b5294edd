package dev.laurel.faults;

import dev.laurel.testing.LaurelApi;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Makes boards with a standing for every player, straight in PostgreSQL because there may be a million. */
final class Seeding {
    /** Of a player by number; spread so that there are ties. */
    private static final String SCORE = "(1 + (i::bigint * 7919) % 1000)";

    private static final String EVENTS = """
            INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)
            SELECT ?, 'p' || lpad(i::text, 7, '0'), %s, ?, now() FROM generate_series(1, ?) i""".formatted(SCORE);

    private static final String STANDINGS = """
            INSERT INTO standing (board_id, player_id, version, d_window, d_score, d_at, w_window, w_score, w_at,
                m_window, m_score, m_at, y_window, y_score, y_at, a_window, a_score, a_at)
            SELECT e.board_id, e.player_id, 1, d.window_key, e.score, e.occurred_ms, w.window_key, e.score, e.occurred_ms,
                m.window_key, e.score, e.occurred_ms, y.window_key, e.score, e.occurred_ms,
                a.window_key, e.score, e.occurred_ms
            FROM score_event e
            JOIN board_window d ON d.board_id = e.board_id AND d.period = 1
            JOIN board_window w ON w.board_id = e.board_id AND w.period = 2
            JOIN board_window m ON m.board_id = e.board_id AND m.period = 3
            JOIN board_window y ON y.board_id = e.board_id AND y.period = 4
            JOIN board_window a ON a.board_id = e.board_id AND a.period = 5
            WHERE e.board_id = ? AND e.event_id IS NULL""";

    private Seeding() {}

    /** Creates the boards and seeds them; Redis is emptied, so that it knows of no standing. */
    static void sow(FaultStores stores, LaurelApi api, List<Contest> contests) {
        for (Contest contest : contests) {
            api.putBoard(contest.board()).expect(201);
            // The first event opens the windows.
            Track track = contest.track("seed");
            int first = contest.sending(track, 0, 1, true);
            api.submit(contest.board().id(), Http.event(Contest.player(0), 1, track.id(first)))
                    .expect(200);
            contest.acknowledged(track, first);
            try (Connection connection = stores.connect()) {
                connection.setAutoCommit(false);
                insert(connection, contest);
                connection.commit();
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
            for (int i = 1; i < contest.players(); i++) {
                contest.acknowledged(track, contest.sending(track, i, (int) (1 + i * 7919L % 1000), false));
            }
        }
        stores.flushRedis();
    }

    private static void insert(Connection connection, Contest contest) throws SQLException {
        int board = Verification.boardNumber(connection, contest);
        try (PreparedStatement events = connection.prepareStatement(EVENTS);
                PreparedStatement standings = connection.prepareStatement(STANDINGS)) {
            events.setInt(1, board);
            events.setLong(2, System.currentTimeMillis());
            events.setInt(3, contest.players() - 1);
            events.executeUpdate();
            standings.setInt(1, board);
            standings.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("ANALYZE standing");
        }
        connection.setAutoCommit(false);
    }
}
