package dev.laurel.platform.redis;

import dev.laurel.shared.LaurelException.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jboss.logging.Logger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection to Redis, held by one event loop and used by all its requests at once. What the requests of one turn of
 * the loop ask is sent together, in one burst: that is one system call here and one there, instead of one for each
 * command. Bursts are answered in the order in which they were sent.
 *
 * <p>That order is what makes a deadline cheap: when the oldest unanswered burst is too old, Redis is silent, and the
 * connection is given up with everything that waits on it. Until a new connection stands, commands fail at once. So a
 * lost or paused Redis costs a caller at most one deadline, and no queue grows.
 *
 * <p>When Redis refuses one command of a burst, all are sent once more, each in a burst of its own. What must not be
 * repeated goes alone.
 *
 * <p>All methods run on the event loop of the link, but for {@link #ready}.
 */
final class RedisLink {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);

    /** For a connection to stand: the other side may be paused, or gone without a word. A later one is not used. */
    private static final int PATIENCE_SECONDS = 10;

    private final Vertx vertx;
    private final Context context;
    private final Redis redis;
    private final RedisConfig config;
    private final Consumer<Boolean> onReady;
    private final ArrayDeque<Burst> pending = new ArrayDeque<>();

    private RedisConnection connection;
    private volatile String processId;
    private long backOffMs;

    /** What gathers in this turn of the loop; null while nothing does. */
    private Burst next;

    /** Commands sent and not answered, and those in {@link #next}. */
    private int waiting;

    private Burst overdue;
    private volatile boolean stopped;

    RedisLink(Vertx vertx, Context context, Redis redis, RedisConfig config, Consumer<Boolean> onReady) {
        this.vertx = vertx;
        this.context = context;
        this.redis = redis;
        this.config = config;
        this.onReady = onReady;
        this.backOffMs = config.backOff().toMillis();
    }

    void start() {
        connect();
        long interval = Math.max(10, config.deadline().toMillis() / 5);
        vertx.setPeriodic(interval, timer -> giveUpWhenSilent());
    }

    Context context() {
        return context;
    }

    boolean ready() {
        return processId != null;
    }

    /**
     * Identifies the life of the Redis process behind this connection: another value after a restart or a failover.
     * Null while not connected.
     */
    String processId() {
        return processId;
    }

    /** Sends a command together with the others of this turn; answers on this event loop. */
    void send(Request command, RedisAnswer answer) {
        if (!ready()) {
            answer.failed(Unavailable.store("Redis", null));
        } else if (waiting >= config.maxPending()) {
            answer.failed(Unavailable.overloaded("Too many commands are waiting for Redis"));
        } else {
            waiting++;
            gather(command, answer);
        }
    }

    /**
     * Sends a command at once and for itself, also where others are refused for their number. For long scripts, so that
     * short ones are not answered as late as they are; and for callers that are bounded themselves.
     */
    void sendAlone(Request command, RedisAnswer answer) {
        if (ready()) {
            waiting++;
            transmit(Burst.of(command, answer));
        } else {
            answer.failed(Unavailable.store("Redis", null));
        }
    }

    private void gather(Request command, RedisAnswer answer) {
        if (next != null) {
            next.add(command, answer);
            return;
        }
        next = Burst.of(command, answer);
        context.runOnContext(ignored -> {
            Burst gathered = next;
            next = null;
            if (gathered != null) {
                transmit(gathered);
            }
        });
    }

    private void transmit(Burst burst) {
        pending.add(burst);
        burst.over(connection).onComplete(result -> {
            if (!burst.settle()) {
                return;
            }
            waiting -= burst.size();
            // Answers come in order, so this is the head, unless the connection was lost in between.
            pending.remove(burst);
            if (result.succeeded()) {
                burst.succeeded(result.result());
            } else if (!Burst.isErrorReply(result.cause())) {
                burst.failed(Unavailable.store("Redis", result.cause()));
            } else if (burst.size() > 1 && connection != null) {
                waiting += burst.size();
                burst.apart().forEach(this::transmit);
            } else {
                burst.failed(result.cause());
            }
        });
    }

    /** Does not connect again. */
    void stop() {
        stopped = true;
    }

    private void connect() {
        if (stopped) {
            return;
        }
        Future<RedisConnection> attempt = redis.connect();
        Future<RedisConnection> inTime = attempt.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        attempt.onSuccess(late -> inTime.onFailure(ignored -> late.close()));
        inTime.onComplete(result -> context.runOnContext(ignored -> {
            if (result.failed()) {
                LOG.debugf(result.cause(), "Redis refused a connection");
                reconnectLater();
            } else {
                greet(result.result());
            }
        }));
    }

    private void greet(RedisConnection fresh) {
        Handler<Object> lost = reason -> context.runOnContext(ignored -> {
            if (connection == fresh) {
                drop("closed by the other side");
            }
        });
        connection = fresh;
        fresh.endHandler(lost::handle);
        fresh.exceptionHandler(lost::handle);
        waiting++;
        transmit(Burst.of(Greeting.command(), new RedisAnswer() {
            @Override
            public void succeeded(Response response) {
                String life = Greeting.runId(response);
                if (life == null) {
                    drop("it does not tell its run_id in INFO server");
                    return;
                }
                processId = life;
                backOffMs = config.backOff().toMillis();
                onReady.accept(true);
            }

            @Override
            public void failed(Throwable failure) {
                if (connection == fresh) {
                    drop("no greeting");
                }
            }
        }));
    }

    private void giveUpWhenSilent() {
        Burst oldest = pending.peek();
        if (oldest == null || !oldest.olderThan(config.deadline().toNanos())) {
            overdue = null;
        } else if (oldest == overdue) {
            overdue = null;
            drop("silent for longer than " + config.deadline());
        } else {
            // Seen once it may be this event loop that was late: the answer then waits to be read, and is before the
            // next look.
            overdue = oldest;
        }
    }

    private void drop(String reason) {
        LOG.warnf("Connection to Redis given up: %s", reason);
        RedisConnection lost = connection;
        boolean wasReady = ready();
        connection = null;
        processId = null;
        if (wasReady) {
            onReady.accept(false);
        }
        List<Burst> orphans = new ArrayList<>(pending);
        if (next != null) {
            orphans.add(next);
        }
        pending.clear();
        next = null;
        waiting = 0;
        reconnectLater();
        orphans.stream().filter(Burst::settle).forEach(orphan -> orphan.failed(Unavailable.store("Redis", null)));
        // Behind everything unanswered: a paused Redis that comes back answers this last, and only then may the
        // connection go back to its pool.
        lost.send(Request.cmd(Command.PING)).onComplete(ignored -> lost.close());
    }

    private void reconnectLater() {
        vertx.setTimer(backOffMs, timer -> context.runOnContext(ignored -> connect()));
        backOffMs = Math.min(backOffMs * 2, config.maxBackOff().toMillis());
    }
}
