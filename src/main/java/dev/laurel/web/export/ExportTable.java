package dev.laurel.web.export;

import java.util.List;
import java.util.function.Function;

/**
 * How rows become a table.
 *
 * @param columns names, each once
 * @param cells of a row, one for each column: texts, numbers, booleans, instants, lists of texts; null for nothing
 * @param json the object that a row is in a line of JSON
 */
public record ExportTable<T>(List<String> columns, Function<T, List<Object>> cells, Function<T, ?> json) {}
