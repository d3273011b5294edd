package dev.laurel.warming;

import java.time.Instant;

/**
 * That something is to be loaded now.
 *
 * @param mark the same instant in each process, by which they share the work; what is wanted then is loaded
 */
public record Occasion(Trigger trigger, Instant mark) {
    /** A name of this occasion that all processes use. */
    String name() {
        return trigger + " " + mark;
    }
}
