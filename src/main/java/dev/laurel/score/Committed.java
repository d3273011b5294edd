package dev.laurel.score;

import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;

/**
 * An event that PostgreSQL has committed.
 *
 * @param write as it was written, with the board and the windows of that moment
 * @param written its outcome
 * @param times null when they are not known
 */
record Committed(ScoreWrite write, WriteResult written, LaneTimes times) {
    /** Shows what its steps took with the response to the present request. */
    void recordTimes() {
        if (times != null) {
            times.record();
        }
    }
}
