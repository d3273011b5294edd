package dev.laurel.imports.run;

import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.run.Rows.Task;
import dev.laurel.imports.seen.SeenEvents;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.InvalidInput;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.ZoneOffset;

/**
 * Undoes earlier imports of files of the same name, before the first row of the one that takes their place is applied, and
 * once its file is known to be usable.
 */
@ApplicationScoped
class Replacing {
    private static final String OF_EARLIER = """
             FROM import_job j
            JOIN import_job o ON o.board_id = j.board_id AND o.file_name = j.file_name AND o.mode = j.mode
             AND o.season IS NOT DISTINCT FROM j.season AND o.id < j.id AND NOT o.dry_run AND o.fingerprint <> j.fingerprint
            WHERE j.id = $1 AND o.state IN ('DONE', 'DONE_WITH_ERRORS', 'FAILED', 'CANCELLED')""";

    private static final String EARLIER = "SELECT o.id" + OF_EARLIER + " ORDER BY o.id";

    /** Those that count, and could not be imported again as they were. */
    private static final String LOST = "SELECT o.id" + OF_EARLIER + """
             AND (o.state IN ('FAILED', 'CANCELLED')
                  OR NOT EXISTS (SELECT FROM import_file f WHERE f.id = o.file AND f.bytes IS NOT NULL))
             AND (EXISTS (SELECT FROM score_event e WHERE e.import_no = o.id)
                  OR EXISTS (SELECT FROM import_baseline e WHERE e.import_no = o.id)) ORDER BY o.id LIMIT 1""";

    /** Before the first event goes; and the file is kept from here on as after an end. */
    private static final String MARK = """
            UPDATE import_job SET replaced_by = $1, finished_at = clock_timestamp()
            WHERE id = $2 AND state IN ('DONE', 'DONE_WITH_ERRORS')""";

    private static final String REPLACED = """
            WITH windows AS (
                INSERT INTO import_window AS w (import_no, period, window_key, archived)
                SELECT $1, o.period, o.window_key, o.archived FROM import_window o WHERE o.import_no = $2
                ON CONFLICT (import_no, period, window_key) DO UPDATE SET archived = w.archived OR excluded.archived)
            UPDATE import_job o SET state = 'UNDONE', phase = 'UNDO'
            WHERE o.id = $2 AND o.state IN ('DONE', 'DONE_WITH_ERRORS', 'FAILED', 'CANCELLED')""";

    private static final String LOG = """
            INSERT INTO admin_log (tenant_id, at, action, board_id, author, reason)
            SELECT tenant_id, $2, 'UNDO', board_id, author, reason FROM import_job WHERE id = $1""";

    private final Sql sql;
    private final Undoing undoing;
    private final SeenEvents seen;
    private final Clock clock;

    Replacing(Sql sql, Undoing undoing, SeenEvents seen, Clock clock) {
        this.sql = sql;
        this.undoing = undoing;
        this.seen = seen;
        this.clock = clock;
    }

    /**
     * Undoes what is replaced, if anything is.
     *
     * @return fails as the stores do, and can be begun again; with {@link InvalidInput} when all is to count or nothing, and
     *     what is replaced could not be brought back
     */
    Uni<Void> replace(Task task) {
        boolean replaces = task.job().options().onChange() == OnChange.REPLACE
                && task.job().progress().position() == 0;
        if (!replaces) {
            return Uni.createFrom().voidItem();
        }
        return task.phase() == ImportPhase.CHECK ? announce(task) : replaceAll(task);
    }

    /** A check of rows is by what will be there when they are applied. */
    private Uni<Void> announce(Task task) {
        return requireKept(task)
                .chain(() -> sql.run(EARLIER, task.held().id()))
                .chain(rows -> seen.replaces(
                        task.held().id(),
                        rows.stream().map(row -> row.getLong(0)).toList()));
    }

    private Uni<Void> replaceAll(Task task) {
        return requireKept(task)
                .chain(() -> sql.run(EARLIER, task.held().id()))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> replace(task, row.getLong(0)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> requireKept(Task task) {
        return !task.job().options().atomic()
                ? Uni.createFrom().voidItem()
                : sql.run(LOST, task.held().id())
                        .invoke(rows -> rows.forEach(row -> {
                            throw new InvalidInput(
                                    "onChange",
                                    "cannot be REPLACE together with atomic: import " + row.getLong(0)
                                            + " ended early or its file is no longer kept, so it could not be brought back; "
                                            + "undo it first");
                        }))
                        .replaceWithVoid();
    }

    private Uni<Void> replace(Task task, long earlier) {
        long own = task.held().id();
        Uni<?> marked = task.job().options().atomic()
                ? sql.run(MARK, own, earlier)
                : Uni.createFrom().voidItem();
        return marked.chain(() -> undoing.remove(task.job().options(), task.held(), earlier, task.board()))
                .chain(() -> sql.run(REPLACED, own, earlier))
                .call(() -> sql.run(LOG, own, clock.instant().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
