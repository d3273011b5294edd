package dev.laurel.score;

import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;

/**
 * An event that PostgreSQL has committed.
 *
 * @param write as it was written, with the board and the windows of that moment
 * @param written its outcome
 * @param times null when they are not known
 */
record Committed(ScoreWrite write, WriteResult written, Times times) {
    /** Shows what its steps took with the response to the present request. */
    void recordTimes() {
        if (times != null) {
            times.record();
        }
    }

    /**
     * What the steps of writing an event took, in nanoseconds.
     *
     * @param queue from entering its lane until its batch was sent
     * @param commit of its batch, in PostgreSQL
     * @param redis until Redis had its batch
     */
    record Times(long queue, long commit, long redis) {
        /** Shows them with the response to the present request. */
        void record() {
            ServerTiming.add("queue", queue);
            ServerTiming.add("commit", commit);
            ServerTiming.add("redis", redis);
        }
    }
}
