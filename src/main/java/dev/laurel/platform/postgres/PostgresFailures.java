package dev.laurel.platform.postgres;

import dev.laurel.shared.LaurelException.Unavailable;
import io.vertx.pgclient.PgException;

import java.util.Set;

/** Tells failures of PostgreSQL itself from statements that it refuses. */
final class PostgresFailures {
    /** A transaction that exceeded its time limit and has been rolled back. */
    private static final String TRANSACTION_TIMEOUT = "25P04";

    /** A lock that was not free in time, of a statement that waits only for a moment. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** The server has become a standby, like the old primary after a failover. */
    private static final String READ_ONLY = "25006";

    /** Connection errors, refused logins, too many connections, shutting down, starting up, out of disk or memory. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "28", "53", "57", "58");

    private static final String ROLLBACK_CLASS = "40";

    private PostgresFailures() {}

    /** Other statements take longer than this one waits for them. */
    static Unavailable busy() {
        return Unavailable.overloaded("Another change takes longer than usual; try again soon");
    }

    static boolean isBusy(String state) {
        return LOCK_NOT_AVAILABLE.equals(state);
    }

    static boolean isBusy(Throwable failure) {
        return failure instanceof PgException refused && isBusy(refused.getSqlState());
    }

    static Unavailable away(Throwable failure) {
        boolean slow = failure instanceof PgException e && TRANSACTION_TIMEOUT.equals(e.getSqlState());
        return slow ? Unavailable.slow("PostgreSQL", failure) : Unavailable.store("PostgreSQL", failure);
    }

    static boolean isRollback(String state) {
        return state != null && state.startsWith(ROLLBACK_CLASS);
    }

    static boolean isAway(Throwable failure) {
        return !(failure instanceof PgException e) || isAway(e.getSqlState());
    }

    static boolean isAway(String state) {
        return state == null
                || TRANSACTION_TIMEOUT.equals(state)
                || READ_ONLY.equals(state)
                || TRANSIENT_CLASSES.contains(state.substring(0, 2));
    }
}
