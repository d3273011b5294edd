package dev.laurel.faults;

import dev.laurel.testing.Period;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A window of a board: its period and its name, as {@code 2026-W47}. */
record Window(Period period, String id) {

    /** The period's number and letter in the tables. */
    static int code(Period period) {
        return period.ordinal() + 1;
    }

    static char letter(Period period) {
        return "dwmya".charAt(period.ordinal());
    }

    /** The windows of a board with the keys the tables and Redis know them by. */
    static Map<Window, Long> ofBoard(Connection connection, int board) throws SQLException {
        Map<Window, Long> windows = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT period, window_id, window_key FROM board_window WHERE board_id = ?")) {
            statement.setInt(1, board);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    windows.put(new Window(Period.values()[rows.getInt(1) - 1], rows.getString(2)), rows.getLong(3));
                }
            }
        }
        return windows;
    }
}
