package dev.laurel.group;

import java.time.Instant;

/** A player who belongs to a group, and since when. */
public record Member(String playerId, Instant joinedAt) {}
