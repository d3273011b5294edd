package dev.laurel.limit;

import io.smallrye.mutiny.Uni;

/** The permits of all processes together. */
interface SharedPermits {
    /**
     * Takes permits of a client.
     *
     * @return fails when they cannot be asked for now
     */
    Uni<Grant> take(String client, long nowMicros, Bucket.Question question);

    /** The number of processes that limit requests, this one included. */
    Uni<Integer> processes(long nowMicros);

    /**
     * Permits that were granted.
     *
     * @param whole when all permits of the client are back
     */
    record Grant(long permits, long whole) {}
}
