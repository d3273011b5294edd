package dev.laurel.score;

import dev.laurel.platform.meters.ServerTiming;

/**
 * What the steps of writing an event took, in nanoseconds.
 *
 * @param queue from entering its lane until its batch was sent
 * @param commit of its batch, in PostgreSQL
 * @param redis until Redis had its batch
 */
record LaneTimes(long queue, long commit, long redis) {
    /** Shows them with the response to the present request. */
    void record() {
        ServerTiming.add("queue", queue);
        ServerTiming.add("commit", commit);
        ServerTiming.add("redis", redis);
    }
}
