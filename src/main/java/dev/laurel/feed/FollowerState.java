package dev.laurel.feed;

import java.time.Instant;

/**
 * How a follower is, over all processes.
 *
 * @param lagItems that it has not done yet, counted up to 10,000 in each shard
 * @param lagSeconds since the oldest of them was accepted; 0 when there is none
 * @param aside items put aside
 * @param attempts on a batch that fails now; 0 when none does
 * @param failure of the last of them; null when none fails
 * @param movedAt when its cursor has moved last
 */
public record FollowerState(
        String name,
        String feed,
        State state,
        long lagItems,
        long lagSeconds,
        long aside,
        int attempts,
        String failure,
        Instant failedAt,
        Instant movedAt) {
    /** In one word. */
    public enum State {
        RUNNING,
        /** A batch fails, and is tried again. */
        RETRYING,
        /** So much has been put aside that it does not go on. */
        STOPPED,
        /** It has a cursor, and this process does not know it: it belongs to another version. */
        UNKNOWN
    }
}
