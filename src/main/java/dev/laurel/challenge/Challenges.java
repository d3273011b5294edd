package dev.laurel.challenge;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.board.Operator;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.challenge.ChallengeRepository.Revaluation;
import dev.laurel.correction.Decision;
import dev.laurel.platform.postgres.Sessions;
import dev.laurel.platform.postgres.UniqueViolation;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.PreconditionFailed;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Precondition;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The definitions of challenges. */
@ApplicationScoped
public class Challenges {
    /** Maximum number of challenges of a tenant: the list of what has been cleared names all of them. */
    public static final int MAX = 2_000;

    private final Sessions sessions;
    private final ChallengeRepository rows;
    private final ChallengeCache cache;
    private final Boards boards;
    private final Clock clock;

    Challenges(Sessions sessions, ChallengeRepository rows, ChallengeCache cache, Boards boards, Clock clock) {
        this.sessions = sessions;
        this.rows = rows;
        this.cache = cache;
        this.boards = boards;
        this.clock = clock;
    }

    /** A challenge; fails with {@link NotFound} when there is none. */
    public Uni<Challenge> get(ChallengeKey key) {
        return sessions.reading(() -> rows.row(key))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(key))
                .map(ChallengeEntity::challenge);
    }

    /** As {@link #get}, from the cache if possible: at most a second older than the last change. */
    Uni<Challenge> known(ChallengeKey key) {
        return cache.definition(key, () -> sessions.reading(() -> rows.row(key))
                        .map(found -> Optional.ofNullable(found).map(ChallengeEntity::challenge)))
                .map(found -> found.orElseThrow(() -> unknown(key)));
    }

    /** A page of the challenges of a tenant, ordered by id; at most a second older than the last change. */
    public Uni<PageResult<Challenge>> list(Tenant tenant, PageRequest page) {
        return cache.definition(
                new Page(tenant, page),
                () -> sessions.reading(() -> rows.count(tenant).chain(total -> rows.page(tenant, page)
                        .map(found -> new PageResult<>(
                                found.stream().map(ChallengeEntity::challenge).toList(), total)))));
    }

    /** All challenges of a tenant, ordered by id; at most a second older than the last change. */
    Uni<List<Challenge>> all(Tenant tenant) {
        return list(tenant, new PageRequest(1, MAX)).map(PageResult::items);
    }

    /**
     * Writes a challenge.
     *
     * @param revaluation when present, those who have cleared a variant get its new points, too
     * @return fails with {@link InvalidInput} when the board does not take the points, with {@link Conflict} when the
     *     challenge has submissions and would lose what it must keep, with {@link PreconditionFailed} when the
     *     precondition does not hold
     */
    public Uni<Change> put(
            ChallengeKey key,
            ChallengeDefinition definition,
            Precondition precondition,
            Optional<Decision> revaluation) {
        return checked(key.tenant(), definition)
                .chain(() -> changing(key, () -> rows.rowToChange(key)
                        .invoke(found -> require(precondition, found))
                        .chain(found -> found == null
                                ? create(key, definition)
                                : define(found, definition, revaluation).map(changed -> new Change(changed, false)))));
    }

    private Uni<Change> create(ChallengeKey key, ChallengeDefinition definition) {
        return rows.count(key.tenant())
                .invoke(Challenges::requireRoom)
                .chain(() -> rows.persistAndFlush(new ChallengeEntity(key, definition, now())))
                .map(created -> new Change(created.challenge(), true));
    }

    private static void requireRoom(long count) {
        if (count >= MAX) {
            throw new Conflict("There are " + MAX + " challenges already, which is the maximum");
        }
    }

    private Uni<Challenge> define(
            ChallengeEntity found, ChallengeDefinition definition, Optional<Decision> revaluation) {
        Challenge before = found.challenge();
        Map<String, Integer> points = before.definition().otherPoints(definition);
        return rows.hasSubmissions(found.number())
                .invoke(submitted -> {
                    if (submitted) {
                        before.definition().requireFixed(before.key().id(), definition);
                    }
                })
                .invoke(() -> found.define(definition, now()))
                .chain(rows::flush)
                .chain(() -> revaluation.isPresent()
                        ? revalue(before, points, new Revaluation(revaluation.get(), now()))
                        : Uni.createFrom().voidItem())
                .replaceWith(found::challenge);
    }

    /** A session runs its statements one after the other. */
    private Uni<Void> revalue(Challenge challenge, Map<String, Integer> points, Revaluation ordered) {
        return Multi.createFrom()
                .iterable(points.entrySet())
                .onItem()
                .transformToUniAndConcatenate(
                        variant -> rows.revalue(challenge, variant.getKey(), variant.getValue(), ordered))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * Changes a part of a challenge.
     *
     * @param work returns the new definition, given the present one
     * @return the challenge after it; fails as {@link #put} does, with {@link NotFound} when there is none, or as the
     *     work does
     */
    public Uni<Challenge> change(
            ChallengeKey key,
            UnaryOperator<ChallengeDefinition> work,
            Precondition precondition,
            Optional<Decision> revaluation) {
        // The board is looked up before the session: what the patch makes of the present definition is all it needs.
        return get(key).map(found -> work.apply(found.definition()))
                .chain(definition -> checked(key.tenant(), definition))
                .chain(() -> changing(key, () -> existing(key, precondition)
                        .chain(found ->
                                define(found, work.apply(found.challenge().definition()), revaluation))));
    }

    /** Deletes a challenge with its submissions; points stay where they were earned. Fails as {@link #change} does. */
    public Uni<Void> delete(ChallengeKey key, Precondition precondition) {
        return changing(key, () -> existing(key, precondition)
                .invoke(found -> found.delete(now()))
                .call(rows::flush)
                .chain(found -> rows.forget(found.number()))
                .replaceWithVoid());
    }

    private Uni<ChallengeEntity> existing(ChallengeKey key, Precondition precondition) {
        return rows.rowToChange(key)
                .invoke(found -> require(precondition, found))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(key));
    }

    /** Requires that the board adds up the points of every variant, and accepts them. */
    private Uni<Void> checked(Tenant tenant, ChallengeDefinition definition) {
        return boards.get(new BoardName(tenant, definition.board()))
                .onFailure(NotFound.class)
                .transform(e -> new InvalidInput("board", "must be the id of a board that exists"))
                .invoke(board -> requireAdding(board))
                .invoke(board -> requirePoints(board, definition))
                .replaceWithVoid();
    }

    private static void requireAdding(Board board) {
        if (board.definition().operator() != Operator.SUM) {
            throw new InvalidInput("board", "must be a board that adds scores up (SUM)");
        }
    }

    private static void requirePoints(Board board, ChallengeDefinition definition) {
        List<FieldError> errors = new ArrayList<>();
        definition.variants().forEach((name, variant) -> {
            if (!variant.isAcceptedBy(board)) {
                errors.add(new FieldError("variants." + name + ".points", "is not a score that the board accepts"));
            }
        });
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    /** Whatever the outcome of the change: when PostgreSQL becomes unavailable, the outcome is unknown. */
    private <T> Uni<T> changing(ChallengeKey key, Supplier<Uni<T>> work) {
        return sessions.inTransaction(work)
                .onFailure(UniqueViolation.class)
                .transform(
                        e -> new Conflict("Challenge " + key.id() + " was created by another request at the same time"))
                .onTermination()
                .invoke(cache::definitionChanged);
    }

    private static void require(Precondition precondition, ChallengeEntity found) {
        precondition.require(
                "challenge", found == null ? null : found.challenge().version());
    }

    /** The failure that says that there is no such challenge. */
    public static NotFound unknown(ChallengeKey key) {
        return new NotFound("There is no challenge " + key.id());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The result of writing a challenge. */
    public record Change(Challenge challenge, boolean created) {}

    private record Page(Tenant tenant, PageRequest page) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.of(tenant, "challenge", KeyAddress.ALL, page.offset());
        }
    }
}
