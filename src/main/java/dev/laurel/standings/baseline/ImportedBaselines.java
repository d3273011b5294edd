package dev.laurel.standings.baseline;

import dev.laurel.board.Board;
import dev.laurel.board.Season;
import dev.laurel.board.change.BoardChanges;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.baseline.BaselineTable.Changed;
import dev.laurel.standings.window.Outdated;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Baselines that imports set, some at a time, and take back when they are undone. A small import is shown as it is written; the window
 * of a large one is loaded when all is written, by who works on the import.
 */
@ApplicationScoped
public class ImportedBaselines {
    /** Events of the board wait for it. */
    private static final int STEP = 2_000;

    private static final String LARGE = """
            SELECT j.bulk FROM import_job j
            WHERE j.id = $1 AND EXISTS (SELECT FROM import_baseline i WHERE i.import_no = j.id)""";

    private static final String DROP = "DELETE FROM import_baseline WHERE import_no = $1";

    private final Sql sql;
    private final BaselineTable table;
    private final BaselineSync sync;
    private final BoardChanges changes;

    ImportedBaselines(Sql sql, BaselineTable table, BaselineSync sync, BoardChanges changes) {
        this.sql = sql;
        this.table = table;
        this.sync = sync;
        this.changes = changes;
    }

    /**
     * Sets baselines in a transaction of the caller.
     *
     * @param order of distinct players
     * @return what is to be shown once the transaction is committed; fails with {@link Conflict} when the season is closed or
     *     not there any more, with {@link InvalidInput} when a derived metric would leave the range of scores, and with
     *     {@link Outdated}
     */
    public Uni<Written> write(Statements transaction, Board board, Part part, BaselineOrder order) {
        return board.season(order.season())
                .map(found -> table.setImported(transaction, board, part, order, found)
                        .onFailure()
                        .transform(failure -> refusal(failure, order.season()))
                        .map(changed -> new Written(found, changed, part.shownAtEnd())))
                .orElseGet(() -> Uni.createFrom().failure(gone(order.season())));
    }

    private static Conflict gone(String season) {
        return new Conflict("The board has no season " + season + " any more");
    }

    private static Throwable refusal(Throwable failure, String season) {
        if (Baselines.hasState(failure, Baselines.CLOSED)) {
            return new Conflict(
                    "Season " + season + " is closed; with closedWindows=REWRITE, its final ranking is made again");
        }
        if (Baselines.isBusy(failure)) {
            return Baselines.busy(season);
        }
        if (Baselines.hasState(failure, Baselines.BEYOND)) {
            return new InvalidInput("score", "would take a derived metric out of its exact range");
        }
        return Baselines.hasState(failure, Baselines.BOARD_CHANGED) ? new Outdated() : failure;
    }

    /** Once it completes, every reader sees what was set, unless that is shown at the end of the import. */
    public Uni<Void> show(Board board, Written written) {
        changes.changed(board.tenant(), board.name());
        return written.changed.previous().isEmpty() || written.shownAtEnd
                ? Uni.createFrom().voidItem()
                : sync.show(board, written.season, written.changed);
    }

    /** Takes back some of what an import has set, and shows that; whether there was any. Fails as {@link #write} does. */
    public Uni<Boolean> undoSome(Board board, long importId, String season) {
        return sql.run(LARGE, importId)
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : undo(board, new Part(importId, rows.iterator().next().getBoolean(0)), season)
                                .replaceWith(true));
    }

    private Uni<Void> undo(Board board, Part part, String season) {
        Season found = board.season(season).orElse(null);
        // A season that was removed has taken its baselines with it.
        return found == null
                ? sql.run(DROP, part.importId()).replaceWithVoid()
                : table.undoImported(board, part, found, STEP)
                        .onFailure()
                        .transform(failure -> refusal(failure, season))
                        .chain(changed -> show(board, new Written(found, changed, part.shownAtEnd())));
    }

    /**
     * Some of the baselines of an import.
     *
     * @param shownAtEnd whether their window is loaded at the end of the import, as those of events are: it is noted for that
     *     with the import
     */
    public record Part(long importId, boolean shownAtEnd) {}

    /** What was set. */
    public static final class Written {
        private final Season season;
        private final Changed changed;
        private final boolean shownAtEnd;

        private Written(Season season, Changed changed, boolean shownAtEnd) {
            this.season = season;
            this.changed = changed;
            this.shownAtEnd = shownAtEnd;
        }

        /** The players whose baseline is another one now. */
        public Set<String> players() {
            return changed.previous().stream().map(Baseline::playerId).collect(Collectors.toSet());
        }
    }
}
