package dev.laurel.achievement.award;

import java.math.BigDecimal;

/** That the bound of a question is met for a player, in a window: when that came about is to be found. */
record Reached(Question question, String player, String window, BigDecimal bound) {}
