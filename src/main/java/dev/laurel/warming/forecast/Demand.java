package dev.laurel.warming.forecast;

import java.time.Instant;

/**
 * How much something was wanted at an hour of the week.
 *
 * @param hour as {@link HourOfWeek} counts
 * @param weight how often it was read, each time counting less with age
 * @param countedAt the instant for which the weight holds
 */
public record Demand(View view, int hour, double weight, Instant countedAt) {}
