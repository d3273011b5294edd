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
 * The commands of one link. What the requests of one turn of the loop ask is sent together, in one batch: that is one
 * system call here and one there, instead of one for each command. Bursts are answered in the order in which they were sent.
 *
 * <p>When Redis refuses one command of a batch, all are sent once more, each in a batch of its own. What must not be
 * repeated goes alone.
 *
 * <p>All methods run on the event loop of the link.
 */
final class Pipeline {
    private final Context context;
    private final Consumer<Throwable> misdirected;
    private final ArrayDeque<CommandBatch> pending = new ArrayDeque<>();

    /** Null while none stands. */
    private RedisConnection connection;

    /** What gathers in this turn of the loop; null while nothing does. */
    private CommandBatch next;

    /** Commands sent and not answered, and those in {@link #next}. */
    private int waiting;

    private CommandBatch overdue;

    /**
     * @param misdirected told of each answer by which the server says that it is not the one to ask
     */
    Pipeline(Context context, Consumer<Throwable> misdirected) {
        this.context = context;
        this.misdirected = misdirected;
    }

    /** From now on commands go over this connection. */
    void open(RedisConnection fresh) {
        connection = fresh;
    }

    /** Nothing goes over the connection any more, and what is not answered fails. */
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

    /** Commands that are not answered yet. */
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

    /** Sends a command at once and for itself. */
    void sendAlone(Request command, RedisAnswer answer) {
        waiting++;
        transmit(CommandBatch.of(command, answer));
    }

    /** Whether the oldest command waits for longer than this; to be asked several times in that time. */
    boolean silentFor(Duration deadline) {
        CommandBatch oldest = pending.peek();
        if (oldest == null || !oldest.olderThan(deadline.toNanos())) {
            overdue = null;
            return false;
        }
        // Seen once it may be this event loop that was late: the answer then waits to be read, and is before the next
        // look.
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
            // Answers come in order, so this is the head, unless the connection was lost in between.
            pending.remove(batch);
            if (result.succeeded()) {
                batch.succeeded(result.result());
            } else if (!CommandBatch.isErrorReply(result.cause())) {
                batch.failed(Unavailable.store("Redis", result.cause()));
            } else if (batch.size() > 1 && connection != null) {
                waiting += batch.size();
                batch.apart().forEach(this::transmit);
            } else if (RedirectErrors.is(result.cause())) {
                // To the caller that is a Redis that is away.
                batch.failed(Unavailable.store("Redis", result.cause()));
                misdirected.accept(result.cause());
            } else {
                batch.failed(result.cause());
            }
        });
    }
}
