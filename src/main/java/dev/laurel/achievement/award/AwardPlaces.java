package dev.laurel.achievement.award;

import dev.laurel.platform.async.Bulkhead;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Bounds the public reads of awards, which share their connections with writes. */
@ApplicationScoped
class AwardPlaces {
    private static final int CONCURRENT = 4;
    private static final int WAITING = 256;

    private final Bulkhead bulkhead =
            new Bulkhead(CONCURRENT, WAITING, "PostgreSQL has as many awards to read as it can take");

    <T> Uni<T> run(Uni<T> read) {
        return bulkhead.run(read);
    }
}
