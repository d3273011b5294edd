package dev.laurel.correction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores that are added or put in place.
 *
 * @param scores in units, for each metric
 * @param instants at which they were reached, in milliseconds since 1970: the first, and those of the further metrics where
 *     they are others
 */
record ReachedScores(List<Long> scores, List<Long> instants) {
    /** All of them at one instant. */
    static ReachedScores at(Instant instant, List<Long> scores) {
        return new ReachedScores(scores, List.of(instant.toEpochMilli()));
    }

    /** From scores and instants, one after the other. */
    static ReachedScores of(List<Long> pairs) {
        List<Long> scores = new ArrayList<>();
        List<Long> instants = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            scores.add(pairs.get(i));
            instants.add(pairs.get(i + 1));
        }
        return new ReachedScores(scores, instants);
    }

    /** The same, the first reached at an instant if that was earlier. */
    ReachedScores notAfter(long instant) {
        List<Long> earlier = new ArrayList<>(instants);
        earlier.set(0, Math.min(instants.get(0), instant));
        return new ReachedScores(scores, earlier);
    }
}
