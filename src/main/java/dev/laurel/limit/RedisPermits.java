package dev.laurel.limit;

import dev.laurel.platform.redis.RedisConfig;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The permits in Redis: one key for each client, in a cluster at the server that has it. */
@ApplicationScoped
class RedisPermits implements SharedPermits {
    private static final RedisScript TAKE = RedisScript.load("limit/take");
    private static final RedisScript PROCESSES = RedisScript.load("limit/processes");

    /** How long a process counts after it was last here. */
    private static final Duration PRESENT = Duration.ofMinutes(1);

    private static final long MICROS_A_MILLI = 1_000;

    private final RedisLinks links;
    private final String prefix;
    private final String self = UUID.randomUUID().toString();

    RedisPermits(RedisLinks links, RedisConfig redis) {
        this.links = links;
        this.prefix = redis.prefix() + ":limit:";
    }

    @Override
    public Uni<Grant> take(String client, long nowMicros, Bucket.Question question) {
        Gcra rule = question.rule();
        return links.run(
                        TAKE,
                        List.of(prefix + client),
                        List.of(
                                Long.toString(nowMicros),
                                Long.toString(rule.windowMicros()),
                                Long.toString(rule.limit()),
                                Long.toString(question.wanted()),
                                Long.toString(question.atLeast())))
                .map(answer -> new Grant(
                        answer.get(0).toLong(), Long.parseLong(answer.get(1).toString())));
    }

    @Override
    public Uni<Integer> processes(long nowMicros) {
        return links.run(
                        PROCESSES,
                        List.of(prefix + "processes"),
                        List.of(Long.toString(nowMicros / MICROS_A_MILLI), Long.toString(PRESENT.toMillis()), self))
                .map(answer -> Math.max(1, answer.toInteger()));
    }
}
