package dev.laurel.feed.source;

import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/**
 * Plans for reading the ledger: by the index after a cursor, and in its order. A connection may keep a plan from when
 * the table was small, which would read all of it every time.
 */
public final class Plans {
    /** Columns that set it for the rest of a transaction. */
    public static final String BY_INDEX =
            "set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),"
                    + " set_config('enable_sort', 'off', true)";

    /** Columns that leave the rest of a transaction to the planner again. */
    public static final String FREE =
            "set_config('enable_seqscan', 'on', true), set_config('enable_bitmapscan', 'on', true),"
                    + " set_config('enable_sort', 'on', true)";

    private static final String SET = "SELECT " + BY_INDEX;

    private Plans() {}

    /** Runs one statement that looks for items of some followers. */
    public static Uni<RowSet<Row>> look(Sql sql, String statement, String[] followers) {
        return sql.inTransaction(
                transaction -> transaction.run(SET).chain(() -> transaction.run(statement, (Object) followers)));
    }
}
