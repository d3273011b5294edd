/** The rules of achievements: what they measure, and whether they hold. */
package dev.laurel.achievement.rule;
