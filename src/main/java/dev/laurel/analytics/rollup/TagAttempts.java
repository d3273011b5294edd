package dev.laurel.analytics.rollup;

import java.time.LocalDate;

/**
 * A player's attempts at what has a certain tag.
 *
 * @param weight of the attempts, each of which counts less the older it is
 * @param success the same of what succeeded: an attempt that is partly successful counts half
 * @param lastDay of an attempt
 */
public record TagAttempts(String tag, Outcomes outcomes, double weight, double success, LocalDate lastDay) {}
