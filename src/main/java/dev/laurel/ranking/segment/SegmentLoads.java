package dev.laurel.ranking.segment;

import dev.laurel.platform.async.Bulkhead;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Bounds how many large segments are read as a whole at once: each takes a store for some of its time. */
@ApplicationScoped
class SegmentLoads {
    /** From how many players on a segment is large. */
    private static final int LARGE = 1_000;

    private static final int CONCURRENT = 2;
    private static final int WAITING = 256;

    private final Bulkhead bulkhead =
            new Bulkhead(CONCURRENT, WAITING, "Too many large segments are being read; try again soon");

    /** Runs a read, as soon as there is room if the segment is large. */
    <T> Uni<T> run(int players, Uni<T> read) {
        return players > LARGE ? bulkhead.run(read) : read;
    }
}
