package dev.laurel.platform.redis.topology;

/**
 * Fired when other servers than before take commands. What the former ones have acknowledged a moment before may be known
 * to nobody: they may have been deposed without knowing it yet.
 */
public record MastersChanged() {}
