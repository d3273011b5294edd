package dev.laurel.board;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.access.BoardPatterns;
import dev.laurel.board.change.BoardChanges;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.platform.async.Commits;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.ConfirmationRequired;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.PreconditionFailed;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Precondition;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The existing boards. Each process caches definitions for a moment; PostgreSQL rejects a writer that holds an outdated
 * one, which then looks it up again ({@link #refresh}).
 */
@Startup
@ApplicationScoped
public class Boards {
    private static final int MAX_LAST_KNOWN = 10_000;

    /** Of a definition, with its metrics and periods. */
    private static final int BYTES = 3_000;

    /** How long to wait for a definition when an older one could serve. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final NearCache<BoardName, Board> cache;
    private final NearCache<BoardChanges.Stamped, Board> kept;
    private final BoardConfig settings;
    private final BoardTable table;
    private final Commits commits;
    private final BoardChanges changes;

    /** The definitions found last: without PostgreSQL rankings are still read, and need their definition. */
    private final Cache<BoardName, Board> lastKnown =
            Caffeine.newBuilder().maximumSize(MAX_LAST_KNOWN).build();

    Boards(BoardConfig settings, BoardTable table, Commits commits, BoardChanges changes, Caches caches) {
        this.cache = new NearCache<>(
                CacheKind.of("boards", settings.cachedFor(), BYTES).addressed(), settings.cached(), caches);
        this.kept = new NearCache<>(
                CacheKind.of("active-seasons", settings.activeSeasonCachedFor(), BYTES)
                        .addressed(),
                settings.cached(),
                caches);
        this.settings = settings;
        this.table = table;
        this.commits = commits;
        this.changes = changes;
        changes.listen((tenant, board) -> cache.forget(new BoardName(tenant, board)));
    }

    /** As {@link #get(BoardName)}, for a board of the running request's tenant. */
    public Uni<Board> get(String name) {
        return get(BoardName.of(name));
    }

    /**
     * The board with the given name.
     *
     * @return fails with {@link NotFound} when there is none
     */
    public Uni<Board> get(BoardName name) {
        if (!Ids.isValid(name.name())) {
            return Uni.createFrom().failure(unknown(name));
        }
        return cache.get(name, () -> load(name));
    }

    /** As {@link #get(String)}, from what is kept for minutes: until this process learns of a change, by whatever process. */
    Uni<Board> kept(String board) {
        BoardName name = BoardName.of(board);
        if (!Ids.isValid(board) || !changes.isTrusted()) {
            return get(name);
        }
        return kept.get(
                        changes.stamped(name.tenant(), board, name),
                        () -> table.living(name).onItem().ifNull().failWith(() -> unknown(name)))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithUni(() -> get(name))
                .onFailure(Unavailable.class)
                .recoverWithUni(() -> get(name));
    }

    /** As {@link #refresh(BoardName)}, for a board of the running request's tenant. */
    public Uni<Board> refresh(String name) {
        return refresh(BoardName.of(name));
    }

    /** The present state of the named board, bypassing any cache. */
    public Uni<Board> refresh(BoardName name) {
        cache.forget(name);
        return get(name);
    }

    /**
     * Drops a board from the cache because PostgreSQL has contradicted the entry; the next caller looks it up again.
     */
    public void forget(Board board) {
        cache.forget(board.fullName());
    }

    private Uni<Board> load(BoardName name) {
        Board known = lastKnown.getIfPresent(name);
        Uni<Board> found = table.living(name)
                .invoke(board -> remember(name, board))
                .memoize()
                .indefinitely();
        Uni<Board> answer = known == null
                ? found
                : found.ifNoItem()
                        .after(PATIENCE)
                        .recoverWithUni(() -> lastKnown(name, known, found))
                        .onFailure(Unavailable.class)
                        .recoverWithItem(known);
        return answer.onItem().ifNull().failWith(() -> unknown(name));
    }

    /** A definition that arrives late is remembered all the same, and the next caller looks it up again. */
    private Uni<Board> lastKnown(BoardName name, Board known, Uni<Board> found) {
        found.subscribe().with(late -> cache.forget(name), ignored -> {});
        return Uni.createFrom().item(known);
    }

    private void changed(BoardName name, Board board) {
        remember(name, board);
        announce(name, board);
    }

    private void deleted(BoardName name, Board board) {
        remember(name, null);
        announce(name, board);
    }

    private void announce(BoardName name, Board board) {
        commits.announce(Commits.Kind.CHANGES, board.id());
        changes.changed(name.tenant(), name.name());
    }

    private void remember(BoardName name, Board board) {
        lastKnown.asMap().compute(name, (key, before) -> board);
    }

    /** The boards of the running request's tenant, ordered by name. */
    public Uni<PageResult<Board>> list(PageRequest page) {
        return list(BoardPatterns.ALL, page);
    }

    /** Those of them with such names. */
    public Uni<PageResult<Board>> list(BoardPatterns patterns, PageRequest page) {
        return table.page(CurrentTenant.get(), patterns, page);
    }

    /** As {@link #put(BoardName, BoardDefinition, ChangeTerms)}, for a board of the running request's tenant. */
    public Uni<Change> put(String name, BoardDefinition definition, ChangeTerms terms) {
        return put(BoardName.of(name), definition, terms);
    }

    /**
     * Creates a board or replaces its definition.
     *
     * @return fails with {@link Conflict} when the change of a board with events would contradict its standings,
     *     with {@link ConfirmationRequired} when something would be lost ({@link ChangeConsequences}) and the terms do
     *     not confirm it, and with {@link PreconditionFailed} when the terms do not hold
     */
    public Uni<Change> put(BoardName name, BoardDefinition definition, ChangeTerms terms) {
        Ids.require("board", name.name());
        return forgetting(name, table.put(name, definition, terms).invoke(change -> changed(name, change.board())));
    }

    /**
     * Changes a part of a board's definition.
     *
     * @param work returns the new definition, given the present one
     * @return the board after it; fails as {@link #put} does, with {@link NotFound} when there is none, or as the
     *     work does
     */
    public Uni<Board> change(String board, UnaryOperator<BoardDefinition> work, ChangeTerms terms) {
        BoardName name = BoardName.of(board);
        return forgetting(name, table.change(name, work, terms).invoke(after -> changed(name, after)));
    }

    /**
     * Changes the seasons of a board, under its lock: no event is being written meanwhile.
     *
     * @param work returns the new seasons, given the board as it is now; may run more statements
     * @return the board after it; fails with {@link NotFound} when there is none, or as the work does
     */
    Uni<Board> changeSeasons(String board, BiFunction<Statements, Board, Uni<List<Season>>> work) {
        BoardName name = BoardName.of(board);
        return forgetting(name, table.seasons(name, work).invoke(after -> changed(name, after)));
    }

    /** As {@link #changeSeasons}, for the instant from which the board is frozen; null for never. */
    Uni<Board> changeFreeze(String board, Function<Board, Instant> work) {
        BoardName name = BoardName.of(board);
        return forgetting(name, table.freeze(name, work).invoke(after -> changed(name, after)));
    }

    /**
     * Deletes a board; its data is purged later.
     *
     * @return fails with {@link Conflict} for the board of the first interface, which always exists, and with
     *     {@link PreconditionFailed} when the precondition does not hold
     */
    public Uni<Board> delete(String board, Precondition precondition) {
        BoardName name = BoardName.of(board);
        if (name.tenant().isDefault() && board.equals(settings.defaultBoard())) {
            throw new Conflict("Board " + board + " serves /api/redis-leaderboard and cannot be deleted");
        }
        return forgetting(name, table.delete(name, precondition).invoke(before -> deleted(name, before)));
    }

    /** Whatever the outcome of the change: when PostgreSQL becomes unavailable, the outcome is unknown. */
    private <T> Uni<T> forgetting(BoardName name, Uni<T> change) {
        return change.onTermination().invoke(() -> cache.forget(name));
    }

    /** The failure that says that there is no such board. */
    public static NotFound unknown(BoardName name) {
        return new NotFound("There is no board " + (Ids.isValid(name.name()) ? name.name() : "of that name"));
    }

    /** The result of writing a definition. */
    public record Change(Board board, boolean created) {}
}
