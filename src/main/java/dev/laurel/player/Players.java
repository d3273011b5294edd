package dev.laurel.player;

import dev.laurel.platform.postgres.Sessions;
import dev.laurel.platform.postgres.UniqueViolation;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.PreconditionFailed;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Precondition;
import dev.laurel.shared.SearchWords;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The records of players. Players without a record may have scores, too. */
@ApplicationScoped
public class Players {
    private final Sessions sessions;
    private final PlayerRepository rows;
    private final PlayerCache cache;
    private final SegmentChanges segments;
    private final Instance<RecordChanged> followers;
    private final Clock clock;

    Players(
            Sessions sessions,
            PlayerRepository rows,
            PlayerCache cache,
            SegmentChanges segments,
            @Any Instance<RecordChanged> followers,
            Clock clock) {
        this.sessions = sessions;
        this.rows = rows;
        this.cache = cache;
        this.segments = segments;
        this.followers = followers;
        this.clock = clock;
    }

    /** The record of a player; fails with {@link NotFound} when there is none. */
    public Uni<Player> get(PlayerKey key) {
        return sessions.reading(() -> rows.row(key))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(key))
                .map(PlayerEntity::player);
    }

    /** The record of a player, from the cache if possible: at most a second older than the last change. */
    public Uni<Optional<Player>> known(PlayerKey key) {
        cache.seen(key);
        return cache.get(key, () -> sessions.reading(() -> rows.row(key))
                .map(found -> Optional.ofNullable(found).map(PlayerEntity::player)));
    }

    /**
     * The records of those of the given players who have one, from the cache as far as possible; the others are loaded in
     * one statement.
     *
     * @return by id; at most a second older than the last change
     */
    public Uni<Map<String, Player>> known(Tenant tenant, Collection<String> playerIds) {
        Set<PlayerKey> keys =
                playerIds.stream().map(id -> new PlayerKey(tenant, id)).collect(Collectors.toSet());
        keys.forEach(cache::seen);
        Map<PlayerKey, Optional<Player>> held = cache.held(keys);
        List<PlayerKey> missing =
                keys.stream().filter(key -> !held.containsKey(key)).toList();
        if (missing.isEmpty()) {
            return Uni.createFrom().item(byId(held));
        }
        return load(tenant, missing).map(loaded -> {
            Map<String, Player> all = byId(held);
            all.putAll(byId(loaded));
            return all;
        });
    }

    /** One statement, whose result the cache takes player by player: a change meanwhile outdates that player's alone. */
    Uni<Map<PlayerKey, Optional<Player>>> load(Tenant tenant, List<PlayerKey> missing) {
        Uni<Map<String, Player>> rowsOfAll = sessions.reading(() -> rows.rows(
                                tenant, missing.stream().map(PlayerKey::id).toList())
                        .map(found -> found.stream()
                                .map(PlayerEntity::player)
                                .collect(Collectors.toMap(one -> one.key().id(), one -> one))))
                .memoize()
                .indefinitely();
        List<Uni<Optional<Player>>> taken = missing.stream()
                .map(key -> cache.get(key, () -> rowsOfAll.map(all -> Optional.ofNullable(all.get(key.id())))))
                .toList();
        return Uni.join().all(taken).andFailFast().map(found -> {
            Map<PlayerKey, Optional<Player>> loaded = new HashMap<>();
            for (int i = 0; i < missing.size(); i++) {
                loaded.put(missing.get(i), found.get(i));
            }
            return loaded;
        });
    }

    private static Map<String, Player> byId(Map<PlayerKey, Optional<Player>> records) {
        Map<String, Player> byId = new HashMap<>();
        records.forEach((key, found) -> found.ifPresent(player -> byId.put(key.id(), player)));
        return byId;
    }

    /** A number that grows when this process learns of a change of any record. */
    public long stamp() {
        return cache.stamp();
    }

    /**
     * Writes the record of a player.
     *
     * @return fails with {@link Conflict} when the username is taken or another request creates the record at the
     *     same time, with {@link PreconditionFailed} when the precondition does not hold
     */
    public Uni<Change> put(PlayerKey key, PlayerProfile profile, Precondition precondition) {
        return changing(key, touched -> rows.rowToChange(key)
                .invoke(found -> require(precondition, found))
                .chain(found -> found == null ? create(key, profile, touched) : define(found, profile, touched)));
    }

    private Uni<Change> create(PlayerKey key, PlayerProfile profile, Set<String> touched) {
        touched.addAll(AttributeSegments.changed(Map.of(), profile.attributes()));
        return rows.add(key, profile, now()).map(created -> new Change(created.player(), true));
    }

    private Uni<Change> define(PlayerEntity found, PlayerProfile profile, Set<String> touched) {
        touched.addAll(AttributeSegments.changed(found.player().profile().attributes(), profile.attributes()));
        found.define(profile, now());
        return rows.flush().replaceWith(() -> new Change(found.player(), false));
    }

    /**
     * Changes a part of a record.
     *
     * @param work returns the new profile, given the present one
     * @return the record after it; fails as {@link #put} does, with {@link NotFound} when there is none, or as the
     *     work does
     */
    public Uni<Player> change(PlayerKey key, UnaryOperator<PlayerProfile> work, Precondition precondition) {
        return changing(key, touched -> existing(key, precondition)
                        .chain(found -> define(found, work.apply(found.player().profile()), touched)))
                .map(Change::player);
    }

    /** Deletes the record of a player; scores stay. Fails as {@link #change} does. */
    public Uni<Void> delete(PlayerKey key, Precondition precondition) {
        return changing(key, touched -> existing(key, precondition)
                .invoke(found -> touched.addAll(
                        AttributeSegments.changed(found.player().profile().attributes(), Map.of())))
                .chain(rows::delete));
    }

    private Uni<PlayerEntity> existing(PlayerKey key, Precondition precondition) {
        return rows.rowToChange(key)
                .invoke(found -> require(precondition, found))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(key));
    }

    /**
     * Whatever the outcome of the change: when PostgreSQL becomes unavailable, the outcome is unknown.
     *
     * @param work adds the segments whose members it changes to a set
     */
    private <T> Uni<T> changing(PlayerKey key, Function<Set<String>, Uni<T>> work) {
        Set<String> touched = ConcurrentHashMap.newKeySet();
        return sessions.inTransaction(() -> work.apply(touched))
                .onFailure(UniqueViolation.class)
                .transform(e -> conflict(key, e))
                .onTermination()
                .invoke(() -> forget(key, touched))
                .call(done -> RecordChanged.tell(followers, key));
    }

    private void forget(PlayerKey key, Set<String> touched) {
        cache.forget(key);
        segments.report(key.tenant(), touched);
    }

    private static Conflict conflict(PlayerKey key, UniqueViolation violation) {
        return "player_username".equals(violation.constraint())
                ? new Conflict("The username is taken by another player")
                : new Conflict("Player " + key.id() + " was created by another request at the same time");
    }

    private static void require(Precondition precondition, PlayerEntity found) {
        precondition.require("player", found == null ? null : found.player().version());
    }

    private static NotFound unknown(PlayerKey key) {
        return new NotFound("Player " + key.id() + " has no record");
    }

    /** All records of a tenant, ordered by id. */
    public Uni<PageResult<Player>> list(Tenant tenant, PageRequest page) {
        return sessions.reading(
                () -> rows.count(tenant).chain(total -> rows.page(tenant, page).map(found -> result(found, total))));
    }

    /** The player with a username, if there is one. */
    public Uni<PageResult<Player>> byUsername(Tenant tenant, String username, PageRequest page) {
        return sessions.reading(() -> rows.byUsername(tenant, username)
                .map(found -> result(page.page() == 1 ? found : List.of(), found.size())));
    }

    /** The players whose names have, for each word of a search, a word with that prefix; ordered by name. */
    public Uni<PageResult<Player>> search(Tenant tenant, String search, PageRequest page) {
        List<String> sought = SearchWords.sought(search);
        return sought.isEmpty()
                ? Uni.createFrom().item(new PageResult<>(List.of(), 0))
                : sessions.reading(() -> rows.countMatching(tenant, sought)
                        .chain(total -> total <= page.offset()
                                ? Uni.createFrom().item(result(List.of(), total))
                                : rows.matching(tenant, sought, page).map(found -> result(found, total))));
    }

    private static PageResult<Player> result(List<PlayerEntity> found, long total) {
        return new PageResult<>(found.stream().map(PlayerEntity::player).toList(), total);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The result of writing a record. */
    public record Change(Player player, boolean created) {}
}
