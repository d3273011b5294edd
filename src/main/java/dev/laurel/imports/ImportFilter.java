package dev.laurel.imports;

/**
 * Which imports a list holds.
 *
 * @param boardId null, as every component, for all
 */
public record ImportFilter(Integer boardId, String season, ImportState state) {}
