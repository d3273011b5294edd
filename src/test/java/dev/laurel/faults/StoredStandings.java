package dev.laurel.faults;

import dev.laurel.testing.Period;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The standings of one board as PostgreSQL has them. */
final class StoredStandings {
    private static final int FETCHED = 10_000;

    private final int players;
    private final Map<Window, Long> keys;
    private final Map<String, Window> byKey = new HashMap<>();
    private final Map<Window, WindowScores> windows = new HashMap<>();

    private StoredStandings(int players, Map<Window, Long> keys) {
        this.players = players;
        this.keys = keys;
        keys.forEach((window, key) -> byKey.put(window.period() + "/" + key, window));
    }

    static StoredStandings read(Connection connection, Contest contest, int board) throws SQLException {
        StoredStandings stored = new StoredStandings(contest.players(), Window.ofBoard(connection, board));
        stored.readCurrent(connection, board);
        stored.readBeside(connection, board);
        return stored;
    }

    Map<Window, WindowScores> windows() {
        return windows;
    }

    long key(Window window) {
        return keys.get(window);
    }

    private void readCurrent(Connection connection, int board) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM standing WHERE board_id = ?")) {
            statement.setInt(1, board);
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    for (Period period : Period.calendar()) {
                        char slot = Window.letter(period);
                        take(
                                period,
                                rows.getLong(slot + "_window"),
                                rows.getString("player_id"),
                                rows.getLong(slot + "_score"),
                                rows.getLong(slot + "_at"),
                                rows.getLong("version"));
                    }
                }
            }
        }
    }

    /** Windows that are not a player's newest, as after a midnight. */
    private void readBeside(Connection connection, int board) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT w.*, s.version FROM window_standing w JOIN standing s USING (board_id, player_id)"
                        + " WHERE w.board_id = ?")) {
            statement.setInt(1, board);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    take(
                            Period.values()[rows.getInt("period") - 1],
                            rows.getLong("window_key"),
                            rows.getString("player_id"),
                            rows.getLong("score"),
                            rows.getLong("reached_at"),
                            rows.getLong("version"));
                }
            }
        }
    }

    private void take(Period period, long key, String player, long score, long instant, long version) {
        Window window = byKey.get(period + "/" + key);
        windows.computeIfAbsent(window, none -> new WindowScores(players))
                .put(Contest.number(player), score, instant, version);
    }

    /** Everything in which these differ from the standings that follow from the ledger. */
    List<String> differences(Map<Window, WindowScores> expected) {
        List<String> differences = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        windows.keySet().forEach(window -> names.add(window.toString()));
        Set<String> wanted = new TreeSet<>();
        expected.keySet().forEach(window -> wanted.add(window.toString()));
        if (!names.equals(wanted)) {
            differences.add("windows " + names + " instead of " + wanted);
            return differences;
        }
        expected.forEach((window, scores) -> {
            WindowScores own = windows.get(window);
            for (int i = 0; i < players; i++) {
                // A version counts the events of a player; in the all-time window they are all there.
                boolean counted = window.period() != Period.ALL_TIME || own.version(i) == scores.version(i);
                if (!own.same(scores, i) || !counted) {
                    differences.add("PostgreSQL " + window + " player " + i + ": " + own.text(i) + " instead of "
                            + scores.text(i));
                }
            }
        });
        return differences;
    }
}
