package dev.laurel.standings.audit;

import java.time.Instant;

/**
 * The comparisons of all open windows, by whatever process.
 *
 * @param windows that have been compared at least once
 * @param oldest end of the comparison that is the longest ago, null without any
 * @param newest end of the latest one
 * @param differing windows with a difference that is known and not repaired
 * @param differsSince when the oldest of these was found, null without any
 * @param lastFailure when a run has failed last, null if none is known
 */
public record AuditSummary(
        long windows, Instant oldest, Instant newest, long differing, Instant differsSince, Instant lastFailure) {}
