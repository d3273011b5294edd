package dev.laurel.standings.audit;

import java.time.Instant;

/**
 * The comparisons of all open windows, by all processes.
 *
 * @param windows that have been compared at least once
 * @param oldest end of the least recent comparison, null if there is none
 * @param newest end of the most recent one
 * @param differing windows with a known difference that is not repaired
 * @param differsSince when the oldest of these was found, null if there is none
 * @param lastFailure when a run last failed, null if unknown
 * @param walked when the window that waits longest for it was last compared completely, null if there is none
 */
public record AuditSummary(
        long windows,
        Instant oldest,
        Instant newest,
        long differing,
        Instant differsSince,
        Instant lastFailure,
        Instant walked) {}
