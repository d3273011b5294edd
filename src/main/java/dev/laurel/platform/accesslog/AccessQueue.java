package dev.laurel.platform.accesslog;

import org.jctools.queues.atomic.MpscAtomicArrayQueue;

import java.util.concurrent.atomic.LongAdder;

/**
 * The lines that wait to be written. Any thread adds to it without waiting for another; a line for which there is no room is
 * dropped and counted. Only one thread takes lines.
 */
final class AccessQueue {
    private final MpscAtomicArrayQueue<AccessEntry> waiting;
    private final LongAdder dropped = new LongAdder();
    private long droppedTold;

    /** @param bound rounded up to a power of two */
    AccessQueue(int bound) {
        this.waiting = new MpscAtomicArrayQueue<>(bound);
    }

    void add(AccessEntry entry) {
        if (!waiting.offer(entry)) {
            dropped.increment();
        }
    }

    /** All that have been dropped. */
    long dropped() {
        return dropped.sum();
    }

    /**
     * Takes lines, as many as fit into a number of characters, and appends them.
     *
     * @return whether there may be more
     */
    boolean take(StringBuilder out, int maxCharacters, long nowMillis) {
        long missing = dropped.sum();
        if (missing > droppedTold) {
            AccessEntry.writeDropped(out, nowMillis, missing - droppedTold);
            droppedTold = missing;
        }
        while (out.length() < maxCharacters) {
            AccessEntry entry = waiting.poll();
            if (entry == null) {
                return false;
            }
            entry.write(out);
        }
        return true;
    }
}
