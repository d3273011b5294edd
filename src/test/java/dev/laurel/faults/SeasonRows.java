package dev.laurel.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL has of a board with seasons. */
final class SeasonRows {
    private static final String OF_BOARD = " (SELECT id FROM board WHERE name = ? AND deleted_at IS NULL) ";

    private final FaultStores stores;
    private final String board;

    SeasonRows(FaultStores stores, String board) {
        this.stores = stores;
        this.board = board;
    }

    /** A window; what is not there yet is null. */
    record Closing(
            String id, Instant end, String state, String closedBy, Instant closedAt, boolean retired, long players) {
        boolean closed() {
            return state.equals("CLOSED");
        }
    }

    /** A line of an archive. */
    record Final(String window, long position, long better, long rank, int player, long score, long reachedAt) {}

    /** An event that counted. */
    record Counted(String id, int player, long score, long occurredAt) {}

    /** All windows in the order in which they end. */
    List<Closing> windows() {
        return read(
                "SELECT window_id, end_at, state, closed_by, closed_at, retired_at IS NOT NULL, coalesce(players, -1)"
                        + " FROM board_window WHERE board_id =" + OF_BOARD + "ORDER BY end_at, window_key",
                row -> new Closing(
                        row.getString(1),
                        instant(row, 2),
                        row.getString(3),
                        row.getString(4),
                        instant(row, 5),
                        row.getBoolean(6),
                        row.getLong(7)));
    }

    /** The archives of all windows, each in its order. */
    List<Final> archives() {
        return read(
                "SELECT w.window_id, f.position, f.better, f.rank, f.player_id, f.score, f.reached_at"
                        + " FROM final_standing f JOIN board_window w USING (board_id, period, window_key)"
                        + " WHERE f.board_id =" + OF_BOARD + "ORDER BY w.window_key, f.position",
                row -> new Final(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        Contest.number(row.getString(5)),
                        row.getLong(6),
                        row.getLong(7)));
    }

    List<Counted> events() {
        return read(
                "SELECT event_id, player_id, score, occurred_ms FROM score_event WHERE board_id =" + OF_BOARD,
                row -> new Counted(row.getString(1), Contest.number(row.getString(2)), row.getLong(3), row.getLong(4)));
    }

    /**
     * Does something while a window is half closed: no event enters it any more, and all who would write its archive
     * are kept waiting.
     *
     * @return the window
     */
    String whileHalfClosed(Duration patience, Runnable work) {
        try (Connection connection = stores.connect();
                PreparedStatement turn = connection.prepareStatement("SELECT pg_advisory_lock(77, ?)");
                PreparedStatement closing = connection.prepareStatement(
                        "SELECT window_id FROM board_window WHERE state = 'CLOSING' AND board_id =" + OF_BOARD)) {
            turn.setInt(1, number());
            turn.execute();
            closing.setString(1, board);
            String window = awaitOne(closing, patience);
            work.run();
            return window;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String awaitOne(PreparedStatement query, Duration patience) throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until) {
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    return row.getString(1);
                }
            }
            Load.pause(1);
        }
        throw new AssertionError("no window is closed within " + patience);
    }

    /** Windows that all runs of the job together say they have closed, less those that are closed, on any board. */
    long closedTwice() {
        return read(
                        "SELECT (SELECT coalesce(sum(done), 0) FROM job_run WHERE job = 'rollover')"
                                + " - (SELECT count(*) FROM board_window WHERE closed_by = 'ROLLOVER' AND ? <> '')",
                        row -> row.getLong(1))
                .get(0);
    }

    /** The number of the board in keys. */
    int number() {
        return read("SELECT id FROM board WHERE deleted_at IS NULL AND name = ?", row -> row.getInt(1))
                .get(0);
    }

    private <T> List<T> read(String query, Reading<T> reading) {
        List<T> found = new ArrayList<>();
        try (Connection connection = stores.connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, board);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }
}
