package dev.laurel.platform.redis;

import dev.laurel.platform.redis.topology.RedisNode;
import dev.laurel.platform.redis.topology.Topology;
import dev.laurel.shared.LaurelException.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection to a Redis server, held by one event loop and shared by all its requests through a {@link Pipeline}.
 *
 * <p>Because replies come in the order of the commands, a deadline is cheap: when the oldest unanswered command is too
 * old, Redis is silent, and the connection is dropped together with everything that waits on it. Until it is
 * re-established, commands fail at once. So a lost or paused Redis costs a caller at most one deadline, and no queue
 * grows.
 *
 * <p>All methods run on the event loop of the link, except {@link #ready}, {@link #context} and {@link #stop}.
 */
final class RedisLink {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);

    /**
     * Time limit for connecting: the other side may be paused, or have vanished silently. A connection made later is
     * discarded.
     */
    private static final int PATIENCE_SECONDS = 3;

    private final Vertx vertx;
    private final Context context;
    private final RedisNode node;
    private final Topology topology;
    private final RedisConfig config;
    private final Consumer<Boolean> onReady;
    private final Pipeline pipeline;

    private RedisConnection connection;
    private volatile String processId;
    private long backOffMs;
    private volatile boolean stopped;

    /** The last attempt to connect failed. */
    private boolean refused;

    RedisLink(
            Vertx vertx,
            Context context,
            RedisNode node,
            Topology topology,
            RedisConfig config,
            Consumer<Boolean> onReady) {
        this.vertx = vertx;
        this.context = context;
        this.node = node;
        this.topology = topology;
        this.config = config;
        this.onReady = onReady;
        this.pipeline = new Pipeline(context, this::misdirected);
        this.backOffMs = config.backOff().toMillis();
    }

    void start() {
        connect();
        long interval = Math.max(10, config.deadline().toMillis() / 5);
        vertx.setPeriodic(interval, timer -> {
            if (stopped && connection == null) {
                vertx.cancelTimer(timer);
            } else if (pipeline.silentFor(config.deadline())) {
                drop("silent for longer than " + config.deadline());
            }
        });
    }

    Context context() {
        return context;
    }

    boolean ready() {
        return processId != null;
    }

    /**
     * Identifies the run of the Redis process behind this connection: the value changes with a restart or a failover.
     * Null while not connected.
     */
    String processId() {
        return processId;
    }

    /** Sends a command together with the others of this turn; completes on this event loop. */
    void send(Request command, RedisAnswer answer) {
        if (!ready()) {
            answer.failed(Unavailable.store("Redis", null));
        } else if (pipeline.waiting() >= config.maxPending()) {
            answer.failed(Unavailable.overloaded("Too many commands are waiting for Redis"));
        } else {
            pipeline.gather(command, answer);
        }
    }

    /**
     * Sends a command at once, in a batch of its own, even when others are refused for their number. For long scripts,
     * so that short ones do not wait for them; and for callers that are bounded themselves.
     */
    void sendAlone(Request command, RedisAnswer answer) {
        if (ready()) {
            pipeline.sendAlone(command, answer);
        } else {
            answer.failed(Unavailable.store("Redis", null));
        }
    }

    /** Stops reconnecting. */
    void stop() {
        stopped = true;
    }

    /** Retires the link: its server no longer takes commands. */
    void retire() {
        stopped = true;
        if (connection != null) {
            drop("it is no master any more");
        }
    }

    private void misdirected(Throwable cause) {
        topology.doubt();
        if (RedirectErrors.isDemotion(cause) && connection != null) {
            drop("it is no master any more");
        }
    }

    private void connect() {
        if (stopped) {
            return;
        }
        Future<RedisConnection> attempt = topology.connect(node);
        Future<RedisConnection> inTime = attempt.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        attempt.onSuccess(late -> inTime.onFailure(ignored -> late.close()));
        inTime.onComplete(result -> context.runOnContext(ignored -> {
            if (result.failed()) {
                tell(result.cause());
                topology.doubt();
                reconnectLater();
            } else if (stopped) {
                result.result().close();
            } else {
                greet(result.result());
            }
        }));
    }

    /** Logged once for many attempts: a wrong password looks like this too. */
    private void tell(Throwable refusal) {
        LOG.logf(refused ? Level.DEBUG : Level.WARN, "%s cannot be reached: %s", node, refusal.getMessage());
        refused = true;
    }

    private void greet(RedisConnection fresh) {
        Handler<Object> lost = reason -> context.runOnContext(ignored -> {
            if (connection == fresh && stopped) {
                // The service is shutting down, and this event loop with it: nothing can be sent any more.
                letGo();
            } else if (connection == fresh) {
                drop("closed by the other side");
            }
        });
        connection = fresh;
        pipeline.open(fresh);
        fresh.endHandler(lost::handle);
        fresh.exceptionHandler(lost::handle);
        pipeline.sendAlone(Handshake.command(), new RedisAnswer() {
            @Override
            public void succeeded(Response response) {
                String life = Handshake.runId(response);
                if (life == null) {
                    drop("it does not tell its run_id in INFO server");
                    return;
                }
                processId = life;
                refused = false;
                backOffMs = config.backOff().toMillis();
                onReady.accept(true);
            }

            @Override
            public void failed(Throwable failure) {
                if (connection == fresh) {
                    drop("no greeting, " + failure.getMessage());
                }
            }
        });
    }

    private void drop(String reason) {
        LOG.logf(stopped ? Level.DEBUG : Level.WARN, "Connection to %s dropped: %s", node, reason);
        topology.doubt();
        RedisConnection lost = letGo();
        reconnectLater();
        // Queued after everything unanswered: a paused Redis that comes back answers this last, and only then may the
        // connection return to its pool.
        lost.send(Request.cmd(Command.PING)).onComplete(ignored -> lost.close());
    }

    private RedisConnection letGo() {
        RedisConnection held = connection;
        boolean wasReady = ready();
        connection = null;
        processId = null;
        if (wasReady) {
            onReady.accept(false);
        }
        pipeline.close();
        return held;
    }

    private void reconnectLater() {
        if (stopped) {
            return;
        }
        vertx.setTimer(backOffMs, timer -> context.runOnContext(ignored -> connect()));
        backOffMs = Math.min(backOffMs * 2, config.maxBackOff().toMillis());
    }
}
