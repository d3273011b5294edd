package dev.laurel.cache;

import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import org.jboss.logging.Logger;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks up in a table what any process has changed in the last seconds, so that it can be evicted here. PostgreSQL notes a
 * change in the transaction that makes it, so none is lost.
 *
 * <p>A change is dated when it is made and becomes visible when its transaction has ended, seconds later; and the last
 * successful check was at most ten seconds ago ({@link Freshness}). So the statement must return the changes of more than
 * both together, each of which is passed on once.
 */
public final class RecentChanges {
    private static final Logger LOG = Logger.getLogger(RecentChanges.class);

    /** Beyond this number, what has changed is not evicted one by one. */
    private static final int MAX = 10_000;

    private final Sql sql;
    private final String recent;
    private final Consumer<Row> changed;
    private final Consumer<Boolean> looked;
    private volatile Set<Long> known = Set.of();

    /**
     * @param recent selects the recent changes, first of all the number of each, at most as many as the only argument
     * @param changed called for each change
     * @param looked called after a successful check, with whether all changes were found
     */
    public RecentChanges(Sql sql, String recent, Consumer<Row> changed, Consumer<Boolean> looked) {
        this.sql = sql;
        this.recent = recent;
        this.changed = changed;
        this.looked = looked;
    }

    /** Checks once. Never fails. */
    public Uni<Void> look() {
        return sql.run(recent, (long) MAX + 1)
                .invoke(this::pass)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Changes could not be looked up: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private void pass(RowSet<Row> changes) {
        boolean complete = changes.size() <= MAX;
        if (complete) {
            Set<Long> seen = new HashSet<>();
            for (Row change : changes) {
                long number = change.getLong(0);
                seen.add(number);
                if (!known.contains(number)) {
                    changed.accept(change);
                }
            }
            known = seen;
        }
        looked.accept(complete);
    }
}
