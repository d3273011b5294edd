package dev.laurel.achievement.rule;

import dev.laurel.shared.Period;

/**
 * A question about players that conditions are decided by.
 *
 * @param board null for all of them
 * @param tag null for any
 * @param period null where the measure has none and the achievement does not repeat
 * @param each whether it is asked for each window; otherwise for the best of all
 * @param less whether less is better
 */
public record Fact(Measure measure, String board, String tag, Period period, boolean each, boolean less) {}
