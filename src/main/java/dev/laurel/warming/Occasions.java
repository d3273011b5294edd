package dev.laurel.warming;

import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells of occasions that lie in the data, such as the end of a window. */
public interface Occasions {
    /**
     * The latest occasions, the same ones as long as there is nothing newer.
     *
     * @param ahead how long before something happens it is an occasion
     */
    Uni<List<Occasion>> latest(Instant now, Duration ahead);
}
