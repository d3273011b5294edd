package dev.laurel.platform.redis;

import dev.laurel.platform.Meters;
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
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The held connections to Redis, one for each event loop. A request on an event loop uses that loop's connection
 * without a change of thread; others, and all while that connection does not stand, are handed to one of the loops and
 * answered on the context they came from.
 */
@ApplicationScoped
public class RedisLinks {
    /** Arguments from which on a script is taken to be a long one. */
    private static final int LONG = 32;

    private final Vertx vertx;
    private final Redis redis;
    private final RedisConfig config;
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final Counter lost;
    private final Function<String, Timer> timers;
    private final List<RedisLink> links = new ArrayList<>();
    private final Map<Object, RedisLink> byLoop = new HashMap<>();

    RedisLinks(Vertx vertx, Redis redis, RedisConfig config, MeterRegistry meters) {
        this.vertx = vertx;
        this.redis = redis;
        this.config = config;
        this.lost = meters.counter(Meters.REDIS_LOST);
        meters.gauge(Meters.REDIS_READY, ready);
        Map<String, Timer> byScript = new ConcurrentHashMap<>();
        this.timers =
                name -> byScript.computeIfAbsent(name, script -> meters.timer(Meters.REDIS_CALLS, "script", script));
    }

    /** Connects before anything of the application starts; without Redis it goes on trying. */
    void start(@Observes @Priority(10) StartupEvent event) {
        VertxInternal internal = (VertxInternal) vertx;
        for (var loop : internal.getEventLoopGroup()) {
            ContextInternal context = internal.createEventLoopContext(
                    (EventLoop) loop, null, getClass().getClassLoader());
            RedisLink link = new RedisLink(vertx, context, redis, config, this::count);
            links.add(link);
            byLoop.put(loop, link);
            context.runOnContext(ignored -> link.start());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        links.forEach(RedisLink::stop);
    }

    private void count(boolean isReady) {
        if (isReady) {
            ready.incrementAndGet();
        } else {
            ready.decrementAndGet();
            lost.increment();
        }
    }

    /**
     * Runs a script. The first argument a script gets is the life of the Redis process ({@link RedisLink#processId});
     * what a script has marked with another one is not to be trusted.
     *
     * @return the script's answer on the caller's context, null where it answered nil; fails with {@link Unavailable}
     *     when Redis is not connected or does not answer in time
     */
    public Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments) {
        return withLink((link, answer) -> new Call(script, keys, arguments)
                .over(link, arguments.size() > LONG ? link::sendAlone : link::send, answer));
    }

    /**
     * As {@link #run}, also where the bound of waiting commands refuses others, and never sent twice: for what has been
     * committed and must get through, and for what must not be repeated, by callers that are bounded themselves.
     */
    public Uni<Response> runFirst(RedisScript script, List<String> keys, List<String> arguments) {
        return withLink((link, answer) -> new Call(script, keys, arguments).over(link, link::sendAlone, answer));
    }

    /** Sends one plain command, under the same rules as {@link #run}. */
    public Uni<Response> send(Request command) {
        return withLink((link, answer) -> link.send(command, answer));
    }

    /** One call of a script: by its hash, and with its text where Redis does not know it yet. */
    private final class Call {
        private final RedisScript script;
        private final List<String> keys;
        private final List<String> arguments;

        Call(RedisScript script, List<String> keys, List<String> arguments) {
            this.script = script;
            this.keys = keys;
            this.arguments = arguments;
        }

        private Request request(Command command, String text, RedisLink link) {
            Request request = Request.cmd(command).arg(text).arg(keys.size());
            keys.forEach(request::arg);
            request.arg(link.ready() ? link.processId() : "");
            arguments.forEach(request::arg);
            return request;
        }

        void over(RedisLink link, BiConsumer<Request, RedisAnswer> sender, RedisAnswer answer) {
            long started = System.nanoTime();
            sender.accept(request(Command.EVALSHA, script.sha(), link), new RedisAnswer() {
                @Override
                public void succeeded(Response response) {
                    timers.apply(script.name()).record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
                    answer.succeeded(response);
                }

                @Override
                public void failed(Throwable failure) {
                    if (failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT")) {
                        sender.accept(request(Command.EVAL, script.source(), link), answer);
                    } else {
                        answer.failed(failure);
                    }
                }
            });
        }
    }

    private Uni<Response> withLink(Use use) {
        return Uni.createFrom().emitter(emitter -> {
            ContextInternal caller = (ContextInternal) Vertx.currentContext();
            RedisLink own = caller == null ? null : byLoop.get(caller.nettyEventLoop());
            if (own != null && own.ready() && caller.inThread()) {
                use.on(own, answerTo(emitter, task -> caller.dispatch(task)));
            } else {
                RedisLink other = any();
                Consumer<Runnable> back =
                        caller == null ? Runnable::run : task -> caller.runOnContext(ignored -> task.run());
                other.context().runOnContext(ignored -> use.on(other, answerTo(emitter, back)));
            }
        });
    }

    /** One after the other, those that stand first: one that is not back yet is no reason to take Redis for away. */
    private RedisLink any() {
        int first = turn.getAndIncrement();
        for (int i = 0; i < links.size(); i++) {
            RedisLink link = links.get(Math.floorMod(first + i, links.size()));
            if (link.ready()) {
                return link;
            }
        }
        return links.get(Math.floorMod(first, links.size()));
    }

    private static RedisAnswer answerTo(UniEmitter<? super Response> emitter, Consumer<Runnable> onCaller) {
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
