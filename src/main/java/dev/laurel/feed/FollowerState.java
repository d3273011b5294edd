package dev.laurel.feed;

import java.time.Instant;

/**
 * The state of a follower, over all processes.
 *
 * @param lagItems not processed yet, counted up to 10,000 in each shard
 * @param lagSeconds since the oldest of them was accepted; 0 when there is none
 * @param aside items put aside
 * @param attempts on the batch that currently fails; 0 when none does
 * @param failure of the last of them; null when none fails
 * @param movedAt when its cursor last moved
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
    /** The state in one word. */
    public enum State {
        RUNNING,
        /** A batch fails, and is being retried. */
        RETRYING,
        /** So many items have been put aside that it does not continue. */
        STOPPED,
        /** It has a cursor but is unknown to this process: it belongs to another version. */
        UNKNOWN
    }
}
