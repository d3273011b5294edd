package dev.laurel.board;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.cache.NearCache;
import dev.laurel.platform.Contexts;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The boards there are. Definitions are cached in each process for a moment; a writer that holds an outdated one is
 * told so by PostgreSQL and looks again ({@link #refresh}).
 */
@ApplicationScoped
public class Boards {
    private static final int MAX_LAST_KNOWN = 10_000;

    /** How long a definition is waited for where an older one could serve. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** The row is found before the lock is asked for, and not the other way round. */
    private static final String LOCK_ALONE = """
            with living as materialized (select id from board where name = ?1 and deleted_at is null)
            select living.id from living, pg_advisory_xact_lock(76, living.id)""";

    private final NearCache<String, Board> cache;
    private final BoardConfig settings;
    private final SessionGuard guard;
    private final Clock clock;

    /** What was found last: without PostgreSQL rankings are still read, and need their definition. */
    private final Cache<String, Board> lastKnown =
            Caffeine.newBuilder().maximumSize(MAX_LAST_KNOWN).build();

    Boards(BoardConfig settings, SessionGuard guard, Clock clock, MeterRegistry meters) {
        this.cache = new NearCache<>("boards", settings.cached(), settings.cachedFor(), meters);
        this.settings = settings;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * The board of a name.
     *
     * @return fails with {@link NotFound} when there is none
     */
    public Uni<Board> get(String name) {
        if (!Ids.isValid(name)) {
            return Uni.createFrom().failure(unknown(name));
        }
        return cache.get(name, () -> load(name));
    }

    /** The board of a name as it is now, past any cache. */
    public Uni<Board> refresh(String name) {
        cache.forget(name);
        return get(name);
    }

    /** Has the board of a name looked up again by whoever asks next, because PostgreSQL has contradicted what is known. */
    public void forget(String name) {
        cache.forget(name);
    }

    private Uni<Board> load(String name) {
        Board known = lastKnown.getIfPresent(name);
        // Events of one request may meet here at the same time, and a session of Hibernate cannot be shared.
        Uni<Board> found = Contexts.apart(() -> guard.run(
                        () -> Panache.withSession(() -> BoardEntity.<BoardEntity>find("#" + BoardEntity.LIVING, name)
                                .firstResult()
                                .map(entity -> entity == null ? null : entity.toBoard()))))
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

    /** What is found late is used all the same, and asked for by whoever comes next. */
    private Uni<Board> lastKnown(String name, Board known, Uni<Board> found) {
        found.subscribe().with(late -> cache.forget(name), ignored -> {});
        return Uni.createFrom().item(known);
    }

    private void remember(String name, Board board) {
        if (board == null) {
            lastKnown.invalidate(name);
        } else {
            lastKnown.put(name, board);
        }
    }

    /** All boards in the order of their names. */
    public Uni<PageResult<Board>> list(PageRequest page) {
        return guard.run(() -> Panache.withSession(() -> {
            var query = BoardEntity.<BoardEntity>find("deletedAt is null", Sort.by("name"))
                    .page(Page.of(page.page() - 1, page.limit()));
            return query.list().chain(found -> query.count()
                    .map(total -> new PageResult<>(
                            found.stream().map(BoardEntity::toBoard).toList(), total)));
        }));
    }

    /**
     * Creates a board or changes its definition.
     *
     * @return fails with {@link Conflict} when a board with events would change what its standings already hold
     */
    public Uni<Change> put(String name, BoardDefinition definition) {
        Ids.require("board", name);
        return guard.run(() -> Panache.withTransaction(() -> lockAlone(name)
                        .chain(found -> found == null ? create(name, definition) : change(found, definition))))
                .invoke(change -> remember(name, change.board()))
                .invoke(() -> cache.forget(name));
    }

    private Uni<Change> create(String name, BoardDefinition definition) {
        return BoardEntity.create(name, definition, clock.instant())
                .<BoardEntity>persistAndFlush()
                .map(entity -> new Change(entity.toBoard(), true));
    }

    private Uni<Change> change(BoardEntity entity, BoardDefinition definition) {
        List<String> fixed = entity.toBoard().definition().fixedDifferences(definition);
        return requireNoEvents(entity, fixed)
                .chain(() -> entity.define(definition, clock.instant()).<BoardEntity>persistAndFlush())
                .map(changed -> new Change(changed.toBoard(), false));
    }

    /**
     * Changes the seasons of a board, behind its lock: no event is being written meanwhile.
     *
     * @param work answers the seasons there are to be, given the board as it is now; may ask the session for more
     * @return the board after it; fails with {@link NotFound} when there is none, or as the work does
     */
    Uni<Board> changeSeasons(String name, BiFunction<Mutiny.Session, Board, Uni<List<Season>>> work) {
        return changeAlone(name, entity -> Panache.getSession()
                .chain(session -> work.apply(session, entity.toBoard()))
                .map(seasons -> entity.seasons(seasons, clock.instant())));
    }

    /** As {@link #changeSeasons}, for the instant from which the board is frozen; null for never. */
    Uni<Board> changeFreeze(String name, Function<Board, Instant> work) {
        return changeAlone(
                name, entity -> Uni.createFrom().item(entity.freeze(work.apply(entity.toBoard()), clock.instant())));
    }

    private Uni<Board> changeAlone(String name, Function<BoardEntity, Uni<BoardEntity>> work) {
        return guard.run(() -> Panache.withTransaction(() -> lockAlone(name)
                        .onItem()
                        .ifNull()
                        .failWith(() -> unknown(name))
                        .chain(work::apply)
                        .chain(entity -> entity.<BoardEntity>persistAndFlush())
                        .map(BoardEntity::toBoard)))
                .invoke(board -> remember(name, board))
                .invoke(() -> cache.forget(name));
    }

    private Uni<Void> requireNoEvents(BoardEntity entity, List<String> fixed) {
        if (fixed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select exists (select from standing where board_id = ?1)", Boolean.class)
                        .setParameter(1, entity.id)
                        .getSingleResult())
                .invoke(events -> {
                    if (events) {
                        throw new Conflict("Board " + entity.name + " has events, so it keeps its "
                                + String.join(", ", fixed) + "; create another board instead");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Ends a life of a board; what it held is purged later.
     *
     * @return fails with {@link Conflict} for the board behind the first interface, which is always there
     */
    public Uni<Board> delete(String name) {
        if (name.equals(settings.defaultBoard())) {
            throw new Conflict("Board " + name + " is the one behind /api/redis-leaderboard and cannot be deleted");
        }
        return guard.run(() -> Panache.withTransaction(() -> lockAlone(name)
                        .onItem()
                        .ifNull()
                        .failWith(() -> unknown(name))
                        .invoke(entity -> entity.deletedAt = clock.instant())
                        .map(BoardEntity::toBoard)))
                .invoke(() -> remember(name, null))
                .invoke(() -> cache.forget(name));
    }

    /**
     * Waits until no batch is being written to the board of a name, and keeps new ones waiting till the end. The board is
     * read behind the lock only: a session never reads again what it knows.
     *
     * @return null when there is none, or none any more
     */
    private Uni<BoardEntity> lockAlone(String name) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK_ALONE, Integer.class)
                .setParameter(1, name)
                .getSingleResultOrNull()
                .chain(id -> id == null ? Uni.createFrom().nullItem() : BoardEntity.<BoardEntity>findById(id))
                .map(entity -> entity == null || entity.deletedAt != null ? null : entity));
    }

    private static NotFound unknown(String name) {
        return new NotFound("There is no board " + (Ids.isValid(name) ? name : "of that name"));
    }

    /** What became of a definition. */
    public record Change(Board board, boolean created) {}
}
