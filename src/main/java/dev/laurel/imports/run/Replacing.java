package dev.laurel.imports.run;

import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.run.Rows.Task;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Undoes earlier imports of files of the same name, before the first row of the one that takes their place is applied, and
 * once its file is known to be usable.
 */
@ApplicationScoped
class Replacing {
    private static final String EARLIER = """
            SELECT o.id FROM import_job j
            JOIN import_job o ON o.board_id = j.board_id AND o.file_name = j.file_name AND o.mode = j.mode
             AND o.season IS NOT DISTINCT FROM j.season AND o.id < j.id AND NOT o.dry_run AND o.fingerprint <> j.fingerprint
            WHERE j.id = $1 AND o.state IN ('DONE', 'DONE_WITH_ERRORS', 'FAILED', 'CANCELLED') ORDER BY o.id""";

    private static final String REPLACED = """
            WITH windows AS (
                INSERT INTO import_window AS w (import_no, period, window_key, archived)
                SELECT $1, o.period, o.window_key, o.archived FROM import_window o WHERE o.import_no = $2
                ON CONFLICT (import_no, period, window_key) DO UPDATE SET archived = w.archived OR excluded.archived)
            UPDATE import_job o SET state = 'UNDONE' WHERE o.id = $2""";

    private final Sql sql;
    private final Undoing undoing;

    Replacing(Sql sql, Undoing undoing) {
        this.sql = sql;
        this.undoing = undoing;
    }

    /** Undoes what is replaced, if anything is; fails as the stores do, and can be begun again. */
    Uni<Void> replace(Task task) {
        boolean replaces = task.job().options().onChange() == OnChange.REPLACE
                && task.phase() == ImportPhase.APPLY
                && task.job().progress().position() == 0;
        return !replaces
                ? Uni.createFrom().voidItem()
                : sql.run(EARLIER, task.held().id())
                        .onItem()
                        .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                        .onItem()
                        .transformToUniAndConcatenate(row -> undoing.remove(task.held(), row.getLong(0), task.board())
                                .chain(() -> sql.run(REPLACED, task.held().id(), row.getLong(0))))
                        .collect()
                        .last()
                        .replaceWithVoid();
    }
}
