package dev.laurel.imports.run;

import dev.laurel.imports.file.mapping.MappedRow.PlayerColumns;
import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.score.BulkIntake.Checked;

import java.util.List;

/**
 * A row of a file as an event.
 *
 * @param event null when the row is refused
 * @param player what the row says of its player
 * @param errors why it is refused; empty when it is not
 * @param faults tells where in the file something is that is at fault
 */
record Line(Checked event, PlayerColumns player, List<RowError> errors, Faults faults) {
    /** The same row, refused. */
    Line refused(String field, String reason) {
        return new Line(null, PlayerColumns.NONE, List.of(faults.of(field, reason)), faults);
    }

    /** The cells of a row. */
    @FunctionalInterface
    interface Faults {
        /** A fault of a field of the event, where the file has it. */
        RowError of(String field, String reason);
    }
}
