package dev.laurel.imports.file.mapping;

import dev.laurel.shared.Period;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What columns can mean on a board.
 *
 * @param metrics whose values a file may have, in the board's order
 * @param required of them, those that every event has to have a value of
 * @param decimals of every value
 * @param zone of dates and times that name none
 * @param periods whose scores a file may have
 */
public record BoardColumns(
        List<String> metrics, List<String> required, int decimals, ZoneId zone, Set<Period> periods) {
    public BoardColumns {
        metrics = List.copyOf(metrics);
        required = List.copyOf(required);
        periods = Set.copyOf(periods);
    }

    /** Of a board of whose metrics none is required. */
    public BoardColumns(List<String> metrics, int decimals, ZoneId zone, Set<Period> periods) {
        this(metrics, List.of(), decimals, zone, periods);
    }
}
