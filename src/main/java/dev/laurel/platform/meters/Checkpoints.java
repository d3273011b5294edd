package dev.laurel.platform.meters;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps of one request in the order in which each first ended, with what they took; steps of the same name are added up.
 * Belongs to one request, whose steps follow each other.
 */
final class Checkpoints {
    /** A request with more steps omits the rest, because clients bound the size of headers. */
    private static final int MAX = 24;

    private static final int FEW = 4;

    private final List<Step> steps = new ArrayList<>(FEW);

    /** How many waits of {@link #begin} have not ended, and since when there is one. */
    private int waits;

    private long waitingSince;

    void add(String name, long nanos, boolean isPublic) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                steps.set(i, new Step(name, steps.get(i).nanos() + nanos, isPublic));
                return;
            }
        }
        if (steps.size() < MAX) {
            steps.add(new Step(name, nanos, isPublic));
        }
    }

    /** Begins a wait. Waits within a wait, or at the same time, are the same one: it lasts from the first beginning to the last end. */
    void begin() {
        if (waits++ == 0) {
            waitingSince = System.nanoTime();
        }
    }

    /** Ends a wait; what all of them took is a step that clients do not see. */
    void end(String name) {
        if (--waits == 0) {
            add(name, System.nanoTime() - waitingSince, false);
        }
    }

    /** The steps of some duration and more. */
    List<Step> steps(long shortestNanos) {
        return steps.stream().filter(step -> step.nanos() >= shortestNanos).toList();
    }

    /** Writes the public steps of some duration and more. */
    void write(StringBuilder out, long shortestNanos) {
        for (Step step : steps) {
            if (step.isPublic() && step.nanos() >= shortestNanos) {
                step.write(out);
                out.append(", ");
            }
        }
    }
}
