package dev.laurel.board.change;

import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.ChangeNotice;
import dev.laurel.cache.Freshness;
import dev.laurel.cache.RecentChanges;
import dev.laurel.cache.Stamps;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * The changes of boards by all processes: of definitions, seasons and baselines. This process knows its own before it answers
 * them, those of others at once, and within a second when their notices are lost, since PostgreSQL notes each of them.
 */
@Startup
@ApplicationScoped
public class BoardChanges {
    /** A change of baselines takes at most thirty seconds, and the last check was at most ten seconds ago. */
    private static final String RECENT = """
            SELECT c.change_no, b.tenant_id, b.name FROM board_change c JOIN board b ON b.id = c.board_id
            WHERE c.changed_at > now() - interval '1 minute' LIMIT $1""";

    private static final String OVER = "DELETE FROM board_change WHERE changed_at < now() - interval '10 minutes'";

    private static final String TOPIC = "board";

    private final Sql sql;
    private final ChangeBroadcast broadcast;
    private final RecentChanges changes;
    private final Freshness freshness = new Freshness();
    private final Stamps stamps = new Stamps();
    private final List<BiConsumer<Tenant, String>> listeners = new CopyOnWriteArrayList<>();

    BoardChanges(Sql sql, ChangeBroadcast broadcast) {
        this.sql = sql;
        this.broadcast = broadcast;
        this.changes =
                new RecentChanges(sql, RECENT, this::learn, complete -> freshness.looked(complete, stamps::allChanged));
        broadcast.listen(TOPIC, fields -> learn(new Tenant(Short.parseShort(fields.get(0))), fields.get(1)));
    }

    /** Registers a listener to the names of boards that have changed, which must not block. */
    public void listen(BiConsumer<Tenant, String> changed) {
        listeners.add(changed);
    }

    /** This process has changed something of a board. */
    public void changed(Tenant tenant, String board) {
        learn(tenant, board);
        broadcast.tell(ChangeNotice.of(TOPIC, tenant.id(), board));
    }

    private void learn(Row change) {
        learn(new Tenant(change.getShort(1)), change.getString(2));
    }

    /** The listeners first: what is loaded under the new stamp must not come from what they are about to drop. */
    private void learn(Tenant tenant, String board) {
        listeners.forEach(listener -> listener.accept(tenant, board));
        stamps.changed(key(tenant, board));
    }

    /** A key of something that follows from a board: another one after every change of the board that this process learns of. */
    public Stamped stamped(Tenant tenant, String board, CacheKey of) {
        return new Stamped(of, stamps.of(key(tenant, board)));
    }

    private static String key(Tenant tenant, String board) {
        return tenant.id() + "/" + board;
    }

    /** Whether changes by other processes are known: otherwise, what is cached of boards is not used. */
    public boolean isTrusted() {
        return freshness.isTrusted();
    }

    @Scheduled(identity = "board-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return changes.look();
    }

    @Scheduled(identity = "board-changes-over", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return sql.runForJob(OVER).replaceWithVoid().onFailure().recoverWithNull();
    }

    /** @param stamp of the changes of a board: what was found before the last of them is not found again */
    public record Stamped(CacheKey of, long stamp) implements CacheKey {
        @Override
        public KeyAddress address() {
            return of.address();
        }
    }
}
