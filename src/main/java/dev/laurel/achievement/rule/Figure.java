package dev.laurel.achievement.rule;

import java.math.BigDecimal;

/** The answer to a {@link Fact} for one player and, where it is asked for each, one window. */
public record Figure(BigDecimal value) {}
