package dev.laurel.group;

import java.time.Instant;

/**
 * One incarnation of a group.
 *
 * @param number internal; a group deleted and written again gets a new one
 * @param revision grows with every change of the profile, not of the members
 */
public record Group(
        GroupKey key, long number, int revision, GroupProfile profile, Instant createdAt, Instant updatedAt) {
    /**
     * Identifies this state of this incarnation of the group: it changes with every change of either, and never recurs.
     */
    public String version() {
        return number + "." + revision;
    }
}
