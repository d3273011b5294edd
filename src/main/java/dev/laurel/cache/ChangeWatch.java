package dev.laurel.cache;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks up in PostgreSQL what any process has changed, and reports it to a cache. Triggers note a change in the
 * transaction that makes it, so none is lost: in a table with {@code tenant_id}, {@code change_no}, {@code changed_at} and
 * the key of what has changed.
 *
 * <p>While this process cannot look, the cache must not be read ({@link #isTrusted}).
 */
public final class ChangeWatch {
    private static final Logger LOG = Logger.getLogger(ChangeWatch.class);

    /** Beyond this number, changes are not reported one by one. */
    private static final int MAX = 10_000;

    /** How long a cache is trusted although changes could not be looked up. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    /**
     * A change is dated when it is made and becomes visible when its transaction has ended, at most five seconds later;
     * and the last successful look was at most ten seconds ago.
     */
    private static final String RECENT = """
            SELECT tenant_id, %s, change_no FROM %s
            WHERE changed_at > now() - interval '15 seconds' LIMIT $1""";

    private static final String OLD = "DELETE FROM %s WHERE changed_at < now() - interval '1 hour'";

    private final Sql sql;
    private final Listener listener;
    private final String table;
    private final String recent;
    private final String old;
    private volatile Set<Long> known = Set.of();
    private volatile long lookedAt = System.nanoTime();

    /**
     * @param table of the changes
     * @param key its column that names what has changed
     */
    public ChangeWatch(Sql sql, String table, String key, Listener listener) {
        this.sql = sql;
        this.listener = listener;
        this.table = table;
        this.recent = RECENT.formatted(key, table);
        this.old = OLD.formatted(table);
    }

    /** Reports what has changed since the last look; never fails. */
    public Uni<Void> look() {
        return sql.run(recent, (long) MAX + 1)
                .invoke(this::report)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("%s could not be read: %s", table, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private void report(RowSet<Row> changes) {
        boolean complete = changes.size() <= MAX;
        if (!complete || !isTrusted()) {
            listener.anythingChanged();
        }
        if (complete) {
            Set<Long> seen = new HashSet<>();
            for (Row change : changes) {
                long number = change.getLong(2);
                seen.add(number);
                if (!known.contains(number)) {
                    listener.changed(new Tenant(change.getShort(0)), change.getString(1));
                }
            }
            known = seen;
        }
        lookedAt = System.nanoTime();
    }

    /** Removes changes that every process has seen long ago; never fails. */
    public Uni<Void> removeOld() {
        return sql.runForJob(old).replaceWithVoid().onFailure().recoverWithNull();
    }

    /** Whether changes have been looked up recently enough for a cache to be read. */
    public boolean isTrusted() {
        return System.nanoTime() - lookedAt < PATIENCE_NANOS;
    }

    /** A cache that is to forget what has changed. */
    public interface Listener {
        void changed(Tenant tenant, String key);

        /** Some changes may have been missed. */
        void anythingChanged();
    }
}
