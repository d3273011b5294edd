package dev.laurel.platform.redis;

import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.redis.topology.RedisNode;
import dev.laurel.platform.tracing.Spans;
import dev.laurel.shared.LaurelException.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Questions to scripts that answer several at once: the requests of an event loop put them together, see {@link LoopQuestions}.
 * A question from another thread is a call of its own.
 */
@ApplicationScoped
public class RedisQuestions {
    private final RedisLinks redis;
    private final RedisConfig config;
    private final Counter asked;
    private final Map<Target, LoopQuestions> byTarget = new ConcurrentHashMap<>();

    /** A server that does not answer must not have those of others refused. */
    private record Target(EventLoop loop, RedisNode node) {}

    RedisQuestions(RedisLinks redis, RedisConfig config, MeterRegistry meters) {
        this.redis = redis;
        this.config = config;
        this.asked = meters.counter(Meters.REDIS_QUESTIONS);
    }

    /** See {@link RedisLinks#impaired}. */
    public boolean impaired() {
        return redis.impaired();
    }

    /**
     * Puts a question, under the same rules as {@link RedisLinks#run}.
     *
     * @return the answer on the caller's context, null where Redis replied nil; fails with {@link Unavailable} when Redis is not
     *     connected or does not reply in time
     */
    public Uni<Response> ask(RedisQuestion question) {
        return Spans.ofRedis(question.script().name(), Uni.createFrom().emitter(emitter -> ask(question, emitter)));
    }

    private void ask(RedisQuestion question, UniEmitter<? super Response> emitter) {
        asked.increment();
        ContextInternal caller = (ContextInternal) Vertx.currentContext();
        RedisNode node = redis.nodeOf(question.keys().get(0));
        if (node != null && caller != null && caller.nettyEventLoop().inEventLoop()) {
            of(caller, node).ask(question, RedisLinks.answerTo(emitter, task -> caller.dispatch(task)));
        } else {
            run(question).map(reply -> LoopQuestions.part(reply, 0)).subscribe().with(emitter::complete, emitter::fail);
        }
    }

    /** Those of the caller's event loop to a server, outside of any request. */
    private LoopQuestions of(ContextInternal caller, RedisNode node) {
        return byTarget.computeIfAbsent(
                new Target(caller.nettyEventLoop(), node),
                target -> new LoopQuestions(
                        caller.owner()
                                .createEventLoopContext(
                                        caller.nettyEventLoop(),
                                        null,
                                        getClass().getClassLoader()),
                        this::run,
                        config.maxPending()));
    }

    private Uni<Response> run(RedisQuestion question) {
        return redis.run(question.script(), question.keys(), question.arguments());
    }
}
