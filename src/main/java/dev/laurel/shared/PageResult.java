package dev.laurel.shared;

import java.util.List;

/**
 * One page of a list.
 *
 * @param total items on all pages
 */
public record PageResult<T>(List<T> items, long total) {}
