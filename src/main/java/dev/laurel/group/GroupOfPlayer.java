package dev.laurel.group;

import java.time.Instant;

/** A group to which a player belongs, and since when. */
public record GroupOfPlayer(GroupKey key, String title, Instant joinedAt) {}
