package dev.laurel.imports.run;

import dev.laurel.imports.file.mapping.MappedRow.PlayerColumns;
import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.score.BulkIntake.Checked;
import dev.laurel.standings.baseline.Baseline;
import dev.laurel.standings.write.ScoreWrite;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of a file as what it adds to the ledger.
 *
 * @param event whose windows are still to be found; null when there is none
 * @param totals events that are complete, one for each total of a player
 * @param baseline what gains of the player are to count from; null when the row says no such thing
 * @param player what the row says of its player
 * @param errors why it is refused; empty when it is not
 * @param repeated whether an earlier row of the file says the same
 * @param faults tells where in the file something is that is at fault
 */
record Line(
        Checked event,
        List<ScoreWrite> totals,
        Baseline baseline,
        PlayerColumns player,
        List<RowError> errors,
        boolean repeated,
        Faults faults) {
    static Line of(Checked event, PlayerColumns player, Faults faults) {
        return new Line(event, List.of(), null, player, List.of(), false, faults);
    }

    static Line of(List<ScoreWrite> totals, PlayerColumns player, Faults faults) {
        return new Line(null, totals, null, player, List.of(), false, faults);
    }

    static Line of(Baseline baseline, PlayerColumns player, Faults faults) {
        return new Line(null, List.of(), baseline, player, List.of(), false, faults);
    }

    static Line refused(List<RowError> errors, Faults faults) {
        return new Line(null, List.of(), null, PlayerColumns.NONE, errors, false, faults);
    }

    /** The same row, refused. */
    Line refused(String field, String reason) {
        return refused(List.of(faults.of(field, reason)), faults);
    }

    /** The same row, of which nothing is to be written. */
    Line again() {
        return new Line(event, totals, baseline, player, errors, true, faults);
    }

    boolean isRefused() {
        return !errors.isEmpty();
    }

    /** Null when it is refused. */
    String playerId() {
        if (baseline != null) {
            return baseline.playerId();
        }
        return event != null
                ? event.playerId()
                : totals.isEmpty() ? null : totals.get(0).playerId();
    }

    /** The instant whose windows are still to be found, if there is one. */
    Stream<Instant> instant() {
        return event == null ? Stream.empty() : Stream.of(event.at());
    }

    /** The cells of a row. */
    @FunctionalInterface
    interface Faults {
        /** A fault of a field of the event, where the file has it. */
        RowError of(String field, String reason);
    }
}
