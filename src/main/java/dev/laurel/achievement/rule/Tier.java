package dev.laurel.achievement.rule;

import java.math.BigDecimal;

/** A step of an achievement, such as gold, and what has to be reached for it. */
public record Tier(String name, BigDecimal threshold) {}
