package dev.laurel.platform.redis;

import dev.laurel.shared.LaurelException.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import org.jboss.logging.Logger;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * One connection to Redis, held by one event loop and used by all its requests at once: commands are sent as they come
 * and answered in the same order.
 *
 * <p>That order is what makes a deadline cheap: when the oldest unanswered command is too old, Redis is silent, and the
 * connection is given up with everything that waits on it. Until a new connection stands, commands fail at once. So a
 * lost or paused Redis costs a caller at most one deadline, and no queue grows.
 *
 * <p>All methods run on the event loop of the link.
 */
final class RedisLink {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);

    private final Vertx vertx;
    private final Context context;
    private final Redis redis;
    private final RedisConfig config;
    private final Consumer<Boolean> onReady;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    private RedisConnection connection;
    private String processId;
    private long backOffMs;
    private Pending overdue;
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

    /** Sends a command; exactly one of the two handlers of {@code answer} is called, on this event loop. */
    void send(Request command, Answer answer) {
        send(command, config.maxPending(), answer);
    }

    /** As {@link #send}, where others are refused already; for callers that are bounded themselves. */
    void sendFirst(Request command, Answer answer) {
        send(command, Integer.MAX_VALUE, answer);
    }

    private void send(Request command, int maxPending, Answer answer) {
        if (!ready()) {
            answer.failed(Unavailable.store("Redis", null));
            return;
        }
        if (pending.size() >= maxPending) {
            answer.failed(Unavailable.overloaded("Too many commands are waiting for Redis"));
            return;
        }
        transmit(connection, command, answer);
    }

    private void transmit(RedisConnection over, Request command, Answer answer) {
        Pending mine = new Pending(System.nanoTime(), answer);
        pending.add(mine);
        over.send(command).onComplete(result -> {
            if (mine.done) {
                return;
            }
            mine.done = true;
            // Answers come in order, so this is the head, unless the connection was lost in between.
            pending.remove(mine);
            if (result.succeeded()) {
                answer.succeeded(result.result());
            } else if (isErrorReply(result.cause())) {
                answer.failed(result.cause());
            } else {
                answer.failed(Unavailable.store("Redis", result.cause()));
            }
        });
    }

    private static boolean isErrorReply(Throwable failure) {
        return failure instanceof io.vertx.redis.client.impl.types.ErrorType;
    }

    /** Does not connect again. */
    void stop() {
        stopped = true;
    }

    private void connect() {
        if (stopped) {
            return;
        }
        redis.connect()
                .onComplete(result -> context.runOnContext(ignored -> {
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
        transmit(fresh, Request.cmd(Command.INFO).arg("server"), new Answer() {
            @Override
            public void succeeded(Response response) {
                String life = runId(response);
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
        });
    }

    private static String runId(Response info) {
        if (info == null || info.type() == ResponseType.ERROR) {
            return null;
        }
        return info.toString()
                .lines()
                .filter(line -> line.startsWith("run_id:"))
                .map(line -> line.substring("run_id:".length()).trim())
                .findFirst()
                .orElse(null);
    }

    private void giveUpWhenSilent() {
        Pending oldest = pending.peek();
        if (oldest == null
                || System.nanoTime() - oldest.since <= config.deadline().toNanos()) {
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
        ArrayDeque<Pending> orphans = new ArrayDeque<>(pending);
        pending.clear();
        reconnectLater();
        for (Pending orphan : orphans) {
            if (!orphan.done) {
                orphan.done = true;
                orphan.answer.failed(Unavailable.store("Redis", null));
            }
        }
        // Behind everything unanswered: a paused Redis that comes back answers this last, and only then may the
        // connection go back to its pool.
        lost.send(Request.cmd(Command.PING)).onComplete(ignored -> lost.close());
    }

    private void reconnectLater() {
        vertx.setTimer(backOffMs, timer -> context.runOnContext(ignored -> connect()));
        backOffMs = Math.min(backOffMs * 2, config.maxBackOff().toMillis());
    }

    /** Where an answer goes. */
    interface Answer {
        void succeeded(Response response);

        void failed(Throwable failure);
    }

    private static final class Pending {
        final long since;
        final Answer answer;
        boolean done;

        Pending(long since, Answer answer) {
            this.since = since;
            this.answer = answer;
        }
    }
}
