package dev.laurel.imports;

import dev.laurel.access.tenant.PlayerRoom;
import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Boards;
import dev.laurel.board.Operator;
import dev.laurel.correction.Decision;
import dev.laurel.imports.ImportJob.Source;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.QuotaExceeded;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/** Imports of files: ordering them, following them, ending and undoing them. */
@ApplicationScoped
public class Imports {
    /** Characters of a fingerprint: 80 bits. */
    private static final int FINGERPRINT = 20;

    /** Between the arrival of a file and its order. */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    private final Boards boards;
    private final ImportTable table;
    private final Event<ImportQueued> queued;
    private final PlayerRoom room;
    private final Clock clock;

    Imports(Boards boards, ImportTable table, Event<ImportQueued> queued, PlayerRoom room, Clock clock) {
        this.room = room;
        this.boards = boards;
        this.table = table;
        this.queued = queued;
        this.clock = clock;
    }

    /**
     * Orders the import of a file that has been uploaded.
     *
     * @param sha256 of the file
     * @return it, waiting; fails with {@link InvalidInput} naming an option that does not suit the board, with
     *     {@link NotFound} when there is no such board, with {@link QuotaExceeded} when its tenant may have no more players,
     *     with {@link Unavailable} when too many imports are waiting
     */
    public Uni<ImportJob> order(String boardName, Source source, byte[] sha256, ImportOptions options) {
        return boards.get(boardName)
                .invoke(board -> requireSuited(board, options))
                .invoke(board -> requireRecent(board.definition(), options))
                .invoke(board -> requireRoom(board.tenant()))
                .chain(board -> table.insert(board, source, fingerprint(board, sha256, options), options)
                        .call(id -> wake(id))
                        .chain(id -> table.get(board.tenant(), id)));
    }

    private static void requireSuited(Board board, ImportOptions options) {
        BoardDefinition definition = board.definition();
        if (options.mode() == ImportMode.SNAPSHOT && definition.operator() != Operator.LATEST) {
            throw new InvalidInput(
                    "mode", "SNAPSHOT needs a board whose operator is LATEST, so that values replace earlier ones");
        }
        if (options.mode() == ImportMode.STANDINGS && definition.metrics().size() > 1) {
            throw new InvalidInput("mode", "STANDINGS needs a board with one metric");
        }
        if (options.season() != null && options.mode() != ImportMode.BASELINE) {
            throw new InvalidInput("season", "belongs to the mode BASELINE only");
        }
        if (options.season() == null && options.mode() == ImportMode.BASELINE) {
            throw new InvalidInput("season", "is missing: a baseline is that of a season");
        }
        if (options.season() != null && board.season(options.season()).isEmpty()) {
            throw new InvalidInput("season", "is not a season of this board");
        }
    }

    /** Rows without an instant of their own are no exception from what the board accepts. */
    private void requireRecent(BoardDefinition definition, ImportOptions options) {
        Duration accepted = definition.lateness().plus(MOMENT);
        if (options.closedWindows() == ClosedWindows.REFUSE
                && options.mode() != ImportMode.BASELINE
                && options.at().isBefore(clock.instant().minus(accepted))) {
            throw new InvalidInput(
                    "at",
                    "is older than the board accepts (" + definition.lateness() + "), unless closedWindows is REWRITE");
        }
    }

    /** A file may have any number of players whom the board has not seen yet. */
    private void requireRoom(Tenant tenant) {
        room.requireRecords(tenant);
        if (room.isFull(tenant)) {
            throw room.refusal(tenant);
        }
    }

    /** Whoever is not woken up looks each second. */
    private Uni<Void> wake(long id) {
        queued.fireAsync(new ImportQueued(id));
        return Uni.createFrom().voidItem();
    }

    private static String fingerprint(Board board, byte[] sha256, ImportOptions options) {
        String meaning = board.id() + "\0" + options.mode() + '\0' + options.season() + '\0' + options.mapping() + '\0'
                + options.sheet()
                // The same values at another time are news; the same events are not.
                + (options.dated() && options.mode() == ImportMode.SNAPSHOT ? "\0" + options.at() : "");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(sha256);
            digest.update(meaning.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An import; fails with {@link NotFound} when there is none of that number. */
    public Uni<ImportJob> get(Tenant tenant, long id) {
        return table.get(tenant, id);
    }

    /** Imports, newest first; fails with {@link NotFound} when there is no such board. */
    public Uni<PageResult<ImportJob>> list(String boardName, String season, ImportState state, PageRequest page) {
        return boardName == null
                ? table.list(CurrentTenant.get(), new ImportFilter(null, season, state), page)
                : boards.get(boardName)
                        .chain(board -> table.list(board.tenant(), new ImportFilter(board.id(), season, state), page));
    }

    /**
     * Ends an import after the rows that are being written. What it has written counts.
     *
     * @return it; fails with {@link NotFound}, and with {@link Conflict} when it is over
     */
    public Uni<ImportJob> cancel(Tenant tenant, long id) {
        return table.get(tenant, id)
                .chain(job -> table.cancel(tenant, id).invoke(done -> {
                    if (!done) {
                        throw new Conflict("Import " + id + " is " + job.state() + ", and cannot be cancelled");
                    }
                }))
                .chain(() -> table.get(tenant, id));
    }

    /**
     * Has an import continue that failed or was cancelled, after the last row it wrote.
     *
     * @return it; fails with {@link NotFound}, and with {@link Conflict} when there is nothing to continue
     */
    public Uni<ImportJob> resume(Tenant tenant, long id) {
        return table.get(tenant, id)
                .chain(job -> table.resume(tenant, id).invoke(done -> {
                    if (!done) {
                        throw new Conflict("Import " + id + " is " + job.state()
                                + (job.options().dryRun() ? " and only a test" : "") + ", and cannot be resumed");
                    }
                }))
                .call(() -> wake(id))
                .chain(() -> table.get(tenant, id));
    }

    /**
     * Has an import undone.
     *
     * @return it; fails with {@link NotFound}, and with {@link Conflict} when it is not over, or has changed nothing
     */
    public Uni<ImportJob> undo(Tenant tenant, long id, Decision decision) {
        return table.get(tenant, id)
                .chain(job -> table.undo(tenant, id, decision, clock.instant()).invoke(done -> {
                    if (!done) {
                        throw new Conflict("Import " + id + " is " + job.state()
                                + (job.options().dryRun() ? " and only a test" : "") + ", and cannot be undone");
                    }
                }))
                .call(() -> wake(id))
                .chain(() -> table.get(tenant, id));
    }
}
