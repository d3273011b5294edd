package dev.laurel.platform.redis.topology;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Who takes commands, as a server has told.
 *
 * @param epoch grows with each failover: what is told with an earlier one is outdated
 * @param nodes all masters, each once
 * @param bySlot the master of a slot; null where nobody has it
 */
record Masters(long epoch, List<RedisNode> nodes, IntFunction<RedisNode> bySlot) {
    /** Nothing is known yet. */
    static final Masters NONE = new Masters(0, List.of(), slot -> null);

    RedisNode of(String key) {
        return bySlot.apply(HashSlot.of(key));
    }
}
