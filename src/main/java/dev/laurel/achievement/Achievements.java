package dev.laurel.achievement;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.postgres.Sessions;
import dev.laurel.platform.postgres.UniqueViolation;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The definitions of achievements. */
@ApplicationScoped
public class Achievements {
    /** Maximum number of achievements of a tenant: the list of a player's achievements names all of them. */
    public static final int MAX = 500;

    private final Sessions sessions;
    private final AchievementRepository rows;
    private final AchievementCache cache;
    private final Boards boards;
    private final Clock clock;

    Achievements(Sessions sessions, AchievementRepository rows, AchievementCache cache, Boards boards, Clock clock) {
        this.sessions = sessions;
        this.rows = rows;
        this.cache = cache;
        this.boards = boards;
        this.clock = clock;
    }

    /** An achievement; fails with {@link NotFound} when there is none. */
    public Uni<Achievement> get(AchievementKey key) {
        return sessions.reading(() -> rows.row(key))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(key))
                .map(AchievementEntity::achievement);
    }

    /** As {@link #get}, from the cache if possible: at most a second older than the last change. */
    public Uni<Achievement> known(AchievementKey key) {
        return cache.definition(key, () -> sessions.reading(() -> rows.row(key))
                        .map(found -> Optional.ofNullable(found).map(AchievementEntity::achievement)))
                .map(found -> found.orElseThrow(() -> unknown(key)));
    }

    /** A page of the achievements that are no secret, ordered by id; at most a second older than the last change. */
    public Uni<PageResult<Achievement>> list(Tenant tenant, PageRequest page) {
        return list(new Page(tenant, page, false));
    }

    /** All achievements of a tenant, secret ones included, as {@link #list}. */
    public Uni<List<Achievement>> all(Tenant tenant) {
        return list(new Page(tenant, new PageRequest(1, MAX), true)).map(PageResult::items);
    }

    private Uni<PageResult<Achievement>> list(Page page) {
        return cache.definition(
                page,
                () -> sessions.reading(() -> rows.count(page.tenant(), page.secret())
                        .chain(total -> rows.page(page.tenant(), page.secret(), page.request())
                                .map(found -> new PageResult<>(
                                        found.stream()
                                                .map(AchievementEntity::achievement)
                                                .toList(),
                                        total)))));
    }

    /**
     * Writes an achievement. What players have reached before it is found in the background.
     *
     * @return fails with {@link InvalidInput} when a board does not fit the rule, with {@link Conflict} when there are
     *     too many, with {@link PreconditionFailed} when the precondition does not hold
     */
    public Uni<Change> put(AchievementKey key, AchievementDefinition definition, Precondition precondition) {
        return fitted(key.tenant(), definition)
                .chain(fit -> changing(key, () -> rows.rowToChange(key)
                        .invoke(found -> require(precondition, found))
                        .chain(found -> found == null
                                ? create(key, fit)
                                : define(found, fit).map(changed -> new Change(changed, false)))));
    }

    private Uni<Change> create(AchievementKey key, AchievementDefinition definition) {
        return rows.count(key.tenant(), true)
                .invoke(Achievements::requireRoom)
                .chain(() -> rows.persistAndFlush(new AchievementEntity(key, definition, now())))
                .map(created -> new Change(created.achievement(), true));
    }

    private static void requireRoom(long count) {
        if (count >= MAX) {
            throw new Conflict("There are " + MAX + " achievements already, which is the maximum");
        }
    }

    private Uni<Achievement> define(AchievementEntity found, AchievementDefinition definition) {
        found.define(definition, now());
        return rows.flush().replaceWith(found::achievement);
    }

    /**
     * Changes a part of an achievement.
     *
     * @param work returns the new definition, given the present one
     * @return the achievement after it; fails as {@link #put} does, with {@link NotFound} when there is none, or as the
     *     work does
     */
    public Uni<Achievement> change(
            AchievementKey key, Function<Achievement, AchievementDefinition> work, Precondition precondition) {
        // Boards are looked up before the session, so the definition must still be the same in it.
        return get(key).chain(found -> fitted(key.tenant(), work.apply(found))
                .chain(fit -> changing(key, () -> existing(key, precondition)
                        .invoke(row -> requireSame(found, row.achievement()))
                        .chain(row -> define(row, fit)))));
    }

    private static void requireSame(Achievement before, Achievement now) {
        if (!before.version().equals(now.version())) {
            throw new Conflict("Achievement " + now.key().id() + " was changed by another request at the same time");
        }
    }

    /** Deletes an achievement with its awards. Fails as {@link #change} does. */
    public Uni<Void> delete(AchievementKey key, Precondition precondition) {
        return changing(key, () -> existing(key, precondition)
                .invoke(found -> found.delete(now()))
                .chain(rows::flush));
    }

    private Uni<AchievementEntity> existing(AchievementKey key, Precondition precondition) {
        return rows.rowToChange(key)
                .invoke(found -> require(precondition, found))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(key));
    }

    /** The definition in the direction of its boards, which must exist and fit the rule. */
    private Uni<AchievementDefinition> fitted(Tenant tenant, AchievementDefinition definition) {
        Map<String, Board> found = new HashMap<>();
        return Multi.createFrom()
                .iterable(definition.boards())
                .onItem()
                .transformToUniAndConcatenate(name -> boards.get(new BoardName(tenant, name))
                        .onFailure(NotFound.class)
                        .transform(e -> new InvalidInput("rule", "names a board that does not exist: " + name))
                        .invoke(board -> found.put(name, board)))
                .collect()
                .last()
                .map(last -> BoardRules.fitted(definition, found));
    }

    /** Whatever the outcome of the change: when PostgreSQL becomes unavailable, the outcome is unknown. */
    private <T> Uni<T> changing(AchievementKey key, Supplier<Uni<T>> work) {
        return sessions.inTransaction(work)
                .onFailure(UniqueViolation.class)
                .transform(e ->
                        new Conflict("Achievement " + key.id() + " was created by another request at the same time"))
                .onTermination()
                .invoke(cache::definitionChanged);
    }

    private static void require(Precondition precondition, AchievementEntity found) {
        precondition.require(
                "achievement", found == null ? null : found.achievement().version());
    }

    private static NotFound unknown(AchievementKey key) {
        return new NotFound("There is no achievement " + key.id());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The result of writing an achievement. */
    public record Change(Achievement achievement, boolean created) {}

    private record Page(Tenant tenant, PageRequest request, boolean secret) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.of(tenant, "achievement", KeyAddress.ALL, request.offset());
        }
    }
}
