package dev.laurel.platform.redis.topology;

import java.util.List;
import java.util.function.IntFunction;

/**
 * The masters that take commands, as reported by a server.
 *
 * @param epoch grows with each failover: a report with an earlier one is outdated
 * @param nodes all masters, each once
 * @param bySlot the master of a slot; null where no master has it
 */
record Masters(long epoch, List<RedisNode> nodes, IntFunction<RedisNode> bySlot) {
    /** Nothing is known yet. */
    static final Masters NONE = new Masters(0, List.of(), slot -> null);

    RedisNode of(String key) {
        return bySlot.apply(HashSlot.of(key));
    }
}
