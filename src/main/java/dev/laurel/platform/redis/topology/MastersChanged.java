package dev.laurel.platform.redis.topology;

/**
 * Fired when different servers than before take commands. What the former ones acknowledged just before may be lost:
 * they may have been deposed without knowing it yet.
 */
public record MastersChanged() {}
