package dev.laurel.imports.file.mapping;

import dev.laurel.shared.Period;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What columns can mean on a board.
 *
 * @param metrics whose values a file may have, in the board's order
 * @param decimals of every value
 * @param zone of dates and times that name none
 * @param periods whose scores a file may have
 */
public record BoardColumns(List<String> metrics, int decimals, ZoneId zone, Set<Period> periods) {
    public BoardColumns {
        metrics = List.copyOf(metrics);
        periods = Set.copyOf(periods);
    }
}
