package dev.laurel.platform.lifecycle;

/** Fired in a process when the contents of its database are others than before: what it knows of them is outdated. */
public record DatabaseReplaced() {}
