package dev.laurel.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One stored thing.
 *
 * @param cells by the columns of its listing: texts, numbers, booleans, instants, lists of texts; null for nothing
 * @param further what fits into no column, by name
 */
public record Item(List<Object> cells, Map<String, Object> further) {
    /** As an object, without what it does not have. */
    public Map<String, Object> object(List<String> columns) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (cells.get(i) != null) {
                object.put(columns.get(i), cells.get(i));
            }
        }
        object.putAll(further);
        return object;
    }
}
