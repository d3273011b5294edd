package dev.laurel.ranking;

import java.util.List;

/**
 * Which parts of players' records a ranking is to show in addition to their names and pictures.
 *
 * @param attributes names of attributes
 */
public record PlayerFields(List<String> attributes) {}
