package dev.laurel.achievement;

import java.time.Instant;

/**
 * One incarnation of an achievement.
 *
 * @param number internal; an achievement deleted and written again gets a new one
 * @param revision grows with every change
 */
public record Achievement(
        AchievementKey key,
        int number,
        int revision,
        AchievementDefinition definition,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Identifies this state of this incarnation of the achievement: it changes with every change of either, and never
     * recurs.
     */
    public String version() {
        return number + "." + revision;
    }
}
