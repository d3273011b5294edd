package dev.laurel.platform.redis;

import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.redis.topology.MastersChanged;
import dev.laurel.platform.redis.topology.RedisNode;
import dev.laurel.platform.redis.topology.Topology;
import dev.laurel.platform.tracing.Spans;
import dev.laurel.shared.LaurelException.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The held connections to Redis, one for each event loop and server. A request on an event loop uses that loop's
 * connection; requests from other threads, and all requests while that connection is down, are handed to one of the
 * loops, and their results return to the caller's context. With several servers, a script goes to the one that has its
 * keys, which all belong to one slot.
 */
@ApplicationScoped
public class RedisLinks {
    /** Number of arguments from which on a script counts as long. */
    private static final int LONG = 32;

    private final Vertx vertx;
    private final Topology topology;
    private final RedisConfig config;
    private final Event<MastersChanged> moved;
    /** Whether masters were known before. */
    private final AtomicBoolean known = new AtomicBoolean();

    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final Counter lost;
    private final Function<String, Timer> timers;
    private final List<RedisLoop> loops = new ArrayList<>();
    private final Map<Object, RedisLoop> byEventLoop = new HashMap<>();

    RedisLinks(Vertx vertx, Topology topology, RedisConfig config, Event<MastersChanged> moved, MeterRegistry meters) {
        this.vertx = vertx;
        this.topology = topology;
        this.config = config;
        this.moved = moved;
        this.lost = meters.counter(Meters.REDIS_LOST);
        meters.gauge(Meters.REDIS_READY, ready);
        Map<String, Timer> byScript = new ConcurrentHashMap<>();
        this.timers =
                name -> byScript.computeIfAbsent(name, script -> meters.timer(Meters.REDIS_CALLS, "script", script));
    }

    /** Connects before anything of the application starts; without Redis it keeps trying. */
    void start(@Observes @Priority(StartOrder.REDIS) StartupEvent event) {
        VertxInternal internal = (VertxInternal) vertx;
        for (var loop : internal.getEventLoopGroup()) {
            ContextInternal context = internal.createEventLoopContext(
                    (EventLoop) loop, null, getClass().getClassLoader());
            RedisLoop own =
                    new RedisLoop(context, node -> new RedisLink(vertx, context, node, topology, config, this::count));
            loops.add(own);
            byEventLoop.put(loop, own);
        }
        connectAll();
        topology.start(this::follow);
    }

    private void connectAll() {
        loops.forEach(loop -> loop.connect(topology.nodes()));
    }

    private void follow() {
        connectAll();
        if (known.getAndSet(true)) {
            moved.fireAsync(new MastersChanged());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        topology.stop();
        loops.forEach(RedisLoop::stop);
    }

    private void count(boolean isReady) {
        if (isReady) {
            ready.incrementAndGet();
        } else {
            ready.decrementAndGet();
            lost.increment();
        }
    }

    /** The server that has a key; null when it is not known. */
    RedisNode nodeOf(String key) {
        return topology.nodeOf(key);
    }

    /** Whether a connection is down: a command on another one may find its server silent, too, and wait in vain. */
    public boolean impaired() {
        return ready.get() < loops.size() * topology.nodes().size();
    }

    /**
     * Runs a script. The first argument passed to a script identifies the run of the Redis process
     * ({@link RedisLink#processId}); what a script has marked with a different one must not be trusted.
     *
     * @return the script's reply on the caller's context, null where it replied nil; fails with {@link Unavailable}
     *     when Redis is not connected or does not reply in time
     */
    public Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments) {
        return Spans.ofRedis(
                script.name(), withLink(() -> topology.nodeOf(keys.get(0)), (link, answer) -> new ScriptCall(
                                script, keys, arguments, timers)
                        .over(link, arguments.size() > LONG ? link::sendAlone : link::send, answer)));
    }

    /**
     * As {@link #run}, but exempt from the bound of waiting commands, and never sent twice: for what has been committed
     * and must get through, and for what must not be repeated, by callers that are bounded themselves.
     */
    public Uni<Response> runFirst(RedisScript script, List<String> keys, List<String> arguments) {
        return Spans.ofRedis(
                script.name(), withLink(() -> topology.nodeOf(keys.get(0)), (link, answer) -> new ScriptCall(
                                script, keys, arguments, timers)
                        .over(link, link::sendAlone, answer)));
    }

    /**
     * Sends one plain command to each server, in a cluster to each master, under the same rules as {@link #run}; fails
     * when one of them does not reply, or none is known.
     */
    public Uni<List<Response>> sendToAll(Request command) {
        return Uni.createFrom().deferred(() -> {
            List<RedisNode> nodes = topology.nodes();
            if (nodes.isEmpty()) {
                return Uni.createFrom().failure(Unavailable.store("Redis", null));
            }
            return Uni.join()
                    .all(nodes.stream()
                            .map(node -> withLink(() -> node, (link, answer) -> link.send(command, answer)))
                            .toList())
                    .andFailFast();
        });
    }

    /** Sends one plain command to the server that has a key, under the same rules as {@link #run}. */
    public Uni<Response> send(String key, Request command) {
        return withLink(() -> topology.nodeOf(key), (link, answer) -> link.send(command, answer));
    }

    private Uni<Response> withLink(Supplier<RedisNode> server, Use use) {
        return Uni.createFrom().emitter(emitter -> {
            RedisNode node = server.get();
            if (node == null) {
                topology.doubt();
                emitter.fail(Unavailable.store("Redis", null));
                return;
            }
            ContextInternal caller = (ContextInternal) Vertx.currentContext();
            RedisLoop loop = caller == null ? null : byEventLoop.get(caller.nettyEventLoop());
            RedisLink own = loop == null ? null : loop.link(node);
            if (own != null && own.ready() && caller.inThread()) {
                use.on(own, answerTo(emitter, task -> caller.dispatch(task)));
                return;
            }
            RedisLink other = any(node);
            if (other == null) {
                emitter.fail(Unavailable.store("Redis", null));
                return;
            }
            Consumer<Runnable> back =
                    caller == null ? Runnable::run : task -> caller.runOnContext(ignored -> task.run());
            other.context().runOnContext(ignored -> use.on(other, answerTo(emitter, back)));
        });
    }

    /** Round robin, connected ones first: one link that is still reconnecting does not make Redis unavailable. */
    private RedisLink any(RedisNode node) {
        int first = turn.getAndIncrement();
        RedisLink found = null;
        for (int i = 0; i < loops.size(); i++) {
            RedisLink link = loops.get(Math.floorMod(first + i, loops.size())).link(node);
            if (link != null && link.ready()) {
                return link;
            }
            found = found == null ? link : found;
        }
        return found;
    }

    static RedisAnswer answerTo(UniEmitter<? super Response> emitter, Consumer<Runnable> onCaller) {
        return new RedisAnswer() {
            @Override
            public void succeeded(Response response) {
                onCaller.accept(() -> emitter.complete(response));
            }

            @Override
            public void failed(Throwable failure) {
                onCaller.accept(() -> emitter.fail(failure));
            }
        };
    }

    private interface Use {
        void on(RedisLink link, RedisAnswer answer);
    }
}
