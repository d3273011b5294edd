package dev.laurel.platform.redis;

import dev.laurel.shared.LaurelException.Unavailable;
import io.vertx.core.Context;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The commands of one link. All commands issued in one turn of the event loop are sent in one batch: one system call on
 * each side, instead of one for each command. Batches are answered in the order in which they were sent.
 *
 * <p>When Redis rejects one command of a batch, all are sent again, each in a batch of its own. Commands that must not
 * be repeated are sent alone.
 *
 * <p>All methods run on the event loop of the link.
 */
final class Pipeline {
    private final Context context;
    private final Consumer<Throwable> misdirected;
    private final ArrayDeque<CommandBatch> pending = new ArrayDeque<>();

    /** Null while not connected. */
    private RedisConnection connection;

    /** The batch being collected in this turn of the loop; null when empty. */
    private CommandBatch next;

    /** Commands sent and not yet answered, and those in {@link #next}. */
    private int waiting;

    private CommandBatch overdue;

    /** @param misdirected called for each reply in which the server says that another one must be addressed */
    Pipeline(Context context, Consumer<Throwable> misdirected) {
        this.context = context;
        this.misdirected = misdirected;
    }

    /** Makes commands use this connection from now on. */
    void open(RedisConnection fresh) {
        connection = fresh;
    }

    /** Stops using the connection, and fails all unanswered commands. */
    void close() {
        connection = null;
        List<CommandBatch> orphans = new ArrayList<>(pending);
        if (next != null) {
            orphans.add(next);
        }
        pending.clear();
        next = null;
        waiting = 0;
        orphans.stream()
                .filter(CommandBatch::settle)
                .forEach(orphan -> orphan.failed(Unavailable.store("Redis", null)));
    }

    /** The number of unanswered commands. */
    int waiting() {
        return waiting;
    }

    /** Sends a command together with the others of this turn. */
    void gather(Request command, RedisAnswer answer) {
        waiting++;
        if (next != null) {
            next.add(command, answer);
            return;
        }
        next = CommandBatch.of(command, answer);
        context.runOnContext(ignored -> {
            CommandBatch gathered = next;
            next = null;
            if (gathered != null) {
                transmit(gathered);
            }
        });
    }

    /** Sends a command at once, in a batch of its own. */
    void sendAlone(Request command, RedisAnswer answer) {
        waiting++;
        transmit(CommandBatch.of(command, answer));
    }

    /** Whether the oldest command has waited longer than this; must be called several times within that time. */
    boolean silentFor(Duration deadline) {
        CommandBatch oldest = pending.peek();
        if (oldest == null || !oldest.olderThan(deadline.toNanos())) {
            overdue = null;
            return false;
        }
        // Seen only once, this event loop may be what was late: then the reply is waiting, and is read before the next
        // check.
        boolean again = oldest == overdue;
        overdue = again ? null : oldest;
        return again;
    }

    private void transmit(CommandBatch batch) {
        pending.add(batch);
        batch.over(connection).onComplete(result -> {
            if (!batch.settle()) {
                return;
            }
            waiting -= batch.size();
            // Replies arrive in order, so this is the head, unless the connection was lost in between.
            pending.remove(batch);
            if (result.succeeded()) {
                batch.succeeded(result.result());
            } else if (!CommandBatch.isErrorReply(result.cause())) {
                batch.failed(Unavailable.store("Redis", result.cause()));
            } else if (batch.size() > 1 && connection != null) {
                waiting += batch.size();
                batch.apart().forEach(this::transmit);
            } else if (RedirectErrors.is(result.cause())) {
                // To the caller this means that Redis is unavailable.
                batch.failed(Unavailable.store("Redis", result.cause()));
                misdirected.accept(result.cause());
            } else {
                batch.failed(result.cause());
            }
        });
    }
}
