package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.LaurelApi;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds journal, ledger, standings, Redis and answers against each other, each against the one before. To be run while
 * nothing is sent.
 */
final class Verification {
    private static final int TOLD = 12;

    private final FaultStores stores;
    private final List<Contest> contests;

    Verification(FaultStores stores, List<Contest> contests) {
        this.stores = stores;
        this.contests = contests;
    }

    /**
     * Checks what PostgreSQL has, at once, and that Redis has the same within a time.
     *
     * @return how long that took
     */
    Duration stores(Duration patience) {
        long began = System.nanoTime();
        contests.forEach(this::assertLedger);
        while (true) {
            long asked = System.nanoTime();
            List<String> differences = new ArrayList<>();
            contests.forEach(contest -> differences.addAll(cacheDifferences(contest)));
            if (differences.isEmpty()) {
                return Duration.ofNanos(asked - began);
            }
            if (asked - began > patience.toNanos()) {
                tell("Redis and PostgreSQL differ after " + patience, differences);
            }
            Load.pause(50);
        }
    }

    /** Checks all pages of all windows, and some ranks. */
    void answers(LaurelApi api) {
        for (Contest contest : contests) {
            Ledger ledger = with(contest, (connection, board) -> Ledger.read(connection, contest, board));
            ledger.windows().forEach((window, scores) -> {
                ServedRankings served = new ServedRankings(api, contest, FaultSettings.random("samples"));
                tell("Answers are wrong", served.differences(window, scores));
            });
        }
    }

    /** Whether all windows are declared complete in Redis; false also when a store does not answer. */
    boolean complete() {
        try {
            return contests.stream()
                    .allMatch(contest -> with(contest, (connection, board) -> new CachedStandings(stores.redis(), board)
                            .complete(Window.ofBoard(connection, board))));
        } catch (IllegalStateException unanswered) {
            return false;
        }
    }

    int slot(Contest contest) {
        return with(contest, (connection, board) -> RedisProbe.slot("{b" + board + "}"));
    }

    private void assertLedger(Contest contest) {
        List<String> complaints = with(contest, (connection, board) -> {
            Ledger ledger = Ledger.read(connection, contest, board);
            List<String> all = new ArrayList<>(ledger.complaints());
            all.addAll(StoredStandings.read(connection, contest, board).differences(ledger.windows()));
            return all;
        });
        tell("Journal, ledger and standings of " + contest.board().id() + " differ", complaints);
    }

    private List<String> cacheDifferences(Contest contest) {
        return with(contest, (connection, board) -> new CachedStandings(stores.redis(), board)
                .differences(StoredStandings.read(connection, contest, board)));
    }

    private static void tell(String what, List<String> differences) {
        assertThat(differences.subList(0, Math.min(TOLD, differences.size())))
                .as("%s in %d places; the seed is %d", what, differences.size(), FaultSettings.SEED)
                .isEmpty();
    }

    /** All reads of one work see one state of the database. */
    private <T> T with(Contest contest, Work<T> work) {
        try (Connection connection = stores.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return work.in(connection, boardNumber(connection, contest));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static int boardNumber(Connection connection, Contest contest) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM board WHERE name = ? AND deleted_at IS NULL")) {
            statement.setString(1, contest.board().id());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection, int board) throws SQLException;
    }
}
