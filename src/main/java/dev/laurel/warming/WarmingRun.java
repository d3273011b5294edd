package dev.laurel.warming;

import java.time.Duration;
import java.time.Instant;

/**
 * What became of an occasion in this process.
 *
 * @param wanted values that were expected to be read, within the bound
 * @param looked at, of these
 * @param loaded those of them that were missing
 * @param left to other processes, which load them for all
 * @param failure why it ended early; null when it did not fail
 * @param complete whether there was time for all of them
 */
public record WarmingRun(
        Occasion occasion,
        Instant startedAt,
        Duration took,
        int wanted,
        int looked,
        int loaded,
        int left,
        String failure,
        boolean complete) {}
