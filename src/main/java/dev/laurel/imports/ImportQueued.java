package dev.laurel.imports;

/** An import has been ordered, or is to go on. */
public record ImportQueued(long id) {}
