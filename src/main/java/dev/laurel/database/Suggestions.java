package dev.laurel.database;

import dev.laurel.database.IndexState.State;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an operator could do, in words, from the state of the database. */
public final class Suggestions {
    /** Below it the server reads from its disk much of what it has read before. */
    private static final double GOOD_HIT_RATE = 0.95;

    private static final double MOST_CONNECTIONS = 0.8;

    /** Below it an unused index costs hardly anything. */
    private static final long LARGE = 1 << 20;

    private static final double SLOW_MS = 100;

    private Suggestions() {}

    /** The most urgent first; empty when there is nothing to do. */
    public static List<String> of(DatabaseState state) {
        List<String> found = new ArrayList<>();
        indexes(state, found);
        tables(state, found);
        server(state, found);
        statements(state, found);
        return found;
    }

    private static void indexes(DatabaseState state, List<String> found) {
        for (IndexState index : state.indexes()) {
            if (index.state() == State.MISSING) {
                found.add("Index " + index.name() + " on " + index.table() + " is missing, which serves "
                        + index.serves() + ": optimize with createIndexes.");
            } else if (index.state() == State.INVALID) {
                found.add("Index " + index.name() + " on " + index.table()
                        + " is invalid, so it costs writes and serves nothing: optimize with createIndexes.");
            }
        }
        for (IndexState index : state.indexes()) {
            if (index.isDroppable() && index.coveredBy() != null) {
                found.add("Index " + index.name() + " on " + index.table() + " is not one of the service, and "
                        + index.coveredBy() + " serves the same queries: it can be dropped.");
            } else if (index.isDroppable() && index.isUnused() && index.bytes() >= LARGE) {
                found.add("Index " + index.name() + " on " + index.table()
                        + " is not one of the service, and was not used since statistics were reset.");
            } else if (index.isDroppable() && index.isPoorlyUsed() && index.bytes() >= LARGE) {
                found.add(String.format(
                        Locale.ROOT,
                        "Index %s on %s is not one of the service, and was written %,d times for %,d uses.",
                        index.name(),
                        index.table(),
                        index.use().writes(),
                        index.use().scans()));
            }
        }
    }

    private static void tables(DatabaseState state, List<String> found) {
        for (TableState table : state.tables()) {
            if (table.needsVacuum()) {
                found.add(String.format(
                        Locale.ROOT,
                        "Table %s has %,d dead rows and %,d live ones: optimize with vacuum, and see that autovacuum "
                                + "keeps up.",
                        table.name(),
                        table.deadRows(),
                        table.rows()));
            }
            if (table.isBloated()) {
                found.add(String.format(
                        Locale.ROOT,
                        "About %,d MB of table %s hold no row: new rows use them; to give them back, run VACUUM FULL on it "
                                + "while the service is stopped.",
                        table.bloatBytes() >> 20,
                        table.name()));
            }
            if (table.needsAnalyze()) {
                found.add(String.format(
                        Locale.ROOT,
                        "%,d rows of table %s have changed since the planner's statistics were gathered: optimize with "
                                + "analyze.",
                        table.changedSinceAnalyze(),
                        table.name()));
            }
        }
    }

    private static void server(DatabaseState state, List<String> found) {
        if (state.hitRate() != null && state.hitRate() < GOOD_HIT_RATE) {
            found.add(String.format(
                    Locale.ROOT,
                    "Only %.1f %% of blocks were found in the server's memory: consider a larger shared_buffers.",
                    state.hitRate() * 100));
        }
        if (state.connections() >= MOST_CONNECTIONS * state.maxConnections()) {
            found.add(state.connections() + " of " + state.maxConnections()
                    + " connections are in use: raise max_connections, or put a pooler between.");
        }
    }

    private static void statements(DatabaseState state, List<String> found) {
        if (state.slowStatements() == null) {
            found.add("The server does not count statements: load pg_stat_statements to see which are slow.");
            return;
        }
        long slow = state.slowStatements().stream()
                .filter(one -> one.meanMs() >= SLOW_MS)
                .count();
        if (slow > 0) {
            found.add(slow + (slow == 1 ? " statement takes" : " statements take") + " 100 ms or more on average: see "
                    + "slowStatements.");
        }
    }
}
