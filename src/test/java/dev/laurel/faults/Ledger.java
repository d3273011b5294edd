package dev.laurel.faults;

import dev.laurel.testing.Period;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The ledger of one board, held against the journal, and the standings that follow from it. */
final class Ledger {
    private static final int FETCHED = 10_000;

    private final Contest contest;
    private final Map<Window, WindowScores> windows = new HashMap<>();
    private final Map<String, Found> found;
    private final LongStream.Builder withoutId = LongStream.builder();
    private final List<String> complaints = new ArrayList<>();
    private long day = Long.MIN_VALUE;
    private List<WindowScores> current;
    private long events;

    /** An event's id is the track's name and its number; how often each number was found. */
    private record Found(Track track, byte[] times) {}

    private Ledger(Contest contest) {
        this.contest = contest;
        found = contest.tracks().stream()
                .collect(Collectors.toMap(Track::name, track -> new Found(track, new byte[track.size()])));
    }

    static Ledger read(Connection connection, Contest contest, int board) throws SQLException {
        Ledger ledger = new Ledger(contest);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT event_id, player_id, score, occurred_ms FROM score_event WHERE board_id = ?")) {
            statement.setInt(1, board);
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ledger.take(rows.getString(1), Contest.number(rows.getString(2)), rows.getLong(3), rows.getLong(4));
                }
            }
        }
        ledger.compareWithIds();
        ledger.compareWithoutIds();
        return ledger;
    }

    /** What the standings have to be. */
    Map<Window, WindowScores> windows() {
        return windows;
    }

    long events() {
        return events;
    }

    /** Everything in which ledger and journal differ. */
    List<String> complaints() {
        return complaints;
    }

    private void take(String id, int player, long score, long instant) {
        events++;
        windowsAt(instant).forEach(window -> window.count(contest.best(), player, score, instant));
        if (id == null) {
            withoutId.add(key(player, score));
            return;
        }
        int dash = id.lastIndexOf('-');
        Found page = found.get(id.substring(0, dash));
        int number = Integer.parseInt(id.substring(dash + 1));
        if (page == null || number >= page.times.length) {
            complaints.add("never sent: " + id);
            return;
        }
        page.times[number]++;
        if (page.track.player(number) != player || page.track.score(number) != score) {
            complaints.add("sent with other content: " + id);
        }
    }

    private List<WindowScores> windowsAt(long instant) {
        long itsDay = Math.floorDiv(instant, 86_400_000L);
        if (itsDay != day) {
            day = itsDay;
            current = new ArrayList<>();
            for (Period period : Period.calendar()) {
                Window window = new Window(period, period.windowAt(Instant.ofEpochMilli(instant), ZoneOffset.UTC));
                current.add(windows.computeIfAbsent(window, none -> new WindowScores(contest.players())));
            }
        }
        return current;
    }

    private void compareWithIds() {
        found.values().forEach(page -> {
            for (int i = 0; i < page.times.length; i++) {
                if (page.times[i] == 0 && page.track.hasId(i) && page.track.isAcknowledged(i)) {
                    complaints.add("lost: " + page.track.id(i));
                }
                if (page.times[i] > 1) {
                    complaints.add(page.times[i] + " times: " + page.track.id(i));
                }
            }
        });
    }

    /** Events without an id are told by player and score: all that were acknowledged are there, and none unsent. */
    private void compareWithoutIds() {
        LongStream.Builder sent = LongStream.builder();
        LongStream.Builder acknowledged = LongStream.builder();
        for (Found page : found.values()) {
            for (int i = 0; i < page.times.length; i++) {
                if (!page.track.hasId(i)) {
                    long key = key(page.track.player(i), page.track.score(i));
                    sent.add(key);
                    if (page.track.isAcknowledged(i)) {
                        acknowledged.add(key);
                    }
                }
            }
        }
        long[] there = withoutId.build().sorted().toArray();
        report(
                "lost, of those without id: ",
                beyond(acknowledged.build().sorted().toArray(), there));
        report(
                "too often, of those without id: ",
                beyond(there, sent.build().sorted().toArray()));
    }

    private void report(String what, long[] keys) {
        Arrays.stream(keys).forEach(key -> complaints.add(what + "player " + (key >> 32) + " score " + (int) key));
    }

    /** What stands in one sorted list more often than in the other. */
    private static long[] beyond(long[] list, long[] other) {
        LongStream.Builder more = LongStream.builder();
        int at = 0;
        for (long key : list) {
            while (at < other.length && other[at] < key) {
                at++;
            }
            if (at < other.length && other[at] == key) {
                at++;
            } else {
                more.add(key);
            }
        }
        return more.build().toArray();
    }

    private static long key(int player, long score) {
        return ((long) player << 32) | score;
    }
}
