package dev.laurel.analytics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.Computed;
import dev.laurel.cache.Freshness;
import dev.laurel.cache.Stamps;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.cache.shared.SharedKey;
import dev.laurel.cache.shared.SharedLevel;
import dev.laurel.cache.shared.TwoLevelCache;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.RecordChanged;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What this process caches of analytics. Keys carry stamps that change when the follower has counted an event of the player,
 * with the player's record, and when somebody is taken out of rankings or let back in; {@link ActivityChanges} reports them.
 * What was read from here is computed again when an event of the player has been counted.
 * While PostgreSQL is unavailable, what is cached is still served.
 */
@Startup
@ApplicationScoped
class AnalyticsCache implements RecordChanged {
    /** Players whom this process remembers to have taken out of rankings. */
    private static final int MAX_UNRANKED = 10_000;

    private static final int BYTES = 2_000;

    private static final String FEATURE = "analytics";

    private static final String TAKES_NO_RANK =
            "SELECT EXISTS (SELECT FROM unranked_player WHERE tenant_id = $1 AND player_id = $2)";

    private final TwoLevelCache cache;
    private final Sql sql;
    private final Clock clock;
    private final Stamps players = Stamps.many();
    private final Stamps records = Stamps.many();
    private final AtomicLong ranked = new AtomicLong();
    private final Cache<PlayerKey, Boolean> unranked =
            Caffeine.newBuilder().maximumSize(MAX_UNRANKED).build();
    private final Freshness freshness = new Freshness();
    private final Renewals renewals;

    AnalyticsCache(
            AnalyticsConfig config, Sql sql, ChangeBroadcast broadcast, Clock clock, Caches caches, SharedLevel level) {
        this.cache = TwoLevelCache.watched(
                CacheKind.of("analytics", config.cachedFor(), BYTES).byPlayer(), config.cached(), caches, level);
        this.renewals = new Renewals(config.renewals());
        this.sql = sql;
        this.clock = clock;
        broadcast.listen(
                RecordChanged.TOPIC,
                fields -> changed(new PlayerKey(new Tenant(Short.parseShort(fields.get(0))), fields.get(1))));
    }

    /** An answer that depends on what a player has done on a board. */
    <T> Uni<Computed<T>> ofPlayer(Board board, String player, List<?> question, Supplier<Uni<T>> loader) {
        Key key = keyOfPlayer(board, player, question);
        if (cache.contains(key)) {
            renewals.read(new Subject(board.id(), player), question, () -> renew(board, player, question, loader));
        }
        return get(key, loader);
    }

    private <T> Uni<Void> renew(Board board, String player, List<?> question, Supplier<Uni<T>> loader) {
        return freshness.isTrusted()
                ? cache.preload(keyOfPlayer(board, player, question), loader)
                : Uni.createFrom().voidItem();
    }

    private Key keyOfPlayer(Board board, String player, List<?> question) {
        long counted = players.of(new Subject(board.id(), player));
        PlayerKey whose = new PlayerKey(board.tenant(), player);
        return key(board, whose, question, new Stamp(counted, records.of(whose), ranked.get()));
    }

    /** An answer that depends on all players of a board: it is renewed by age alone. */
    <T> Uni<Computed<T>> ofBoard(Board board, List<?> question, Supplier<Uni<T>> loader) {
        return get(key(board, null, question, new Stamp(0, 0, ranked.get())), loader);
    }

    private Key key(Board board, PlayerKey player, List<?> question, Stamp stamp) {
        int freeze = board.frozen(clock.instant()) ? board.freeze().number() : 0;
        return new Key(board.fullName(), board.id(), board.revision(), freeze, player, question, stamp);
    }

    /** One loader runs for each key while other callers wait for its result; failures are not cached. */
    private <T> Uni<Computed<T>> get(Key key, Supplier<Uni<T>> loader) {
        if (freshness.isTrusted()) {
            return cache.get(true, key, loader);
        }
        return cache.get(false, key, loader)
                .onFailure(Unavailable.class)
                .recoverWithUni(failure -> cache.last(key, failure));
    }

    /** The follower has counted events of a player. */
    void counted(int board, PlayerKey player) {
        cache.invalidate(subject(player));
        Subject subject = new Subject(board, player.id());
        players.changed(subject);
        renewals.outdated(subject);
    }

    void allCounted() {
        cache.invalidateAll();
        players.allChanged();
    }

    /** The record of a player has changed, or a decision about the player. */
    void changed(PlayerKey player) {
        cache.invalidate(subject(player));
        records.changed(player);
    }

    /** Somebody has been taken out of rankings, or let back in: that moves the places of others, and what is counted of all. */
    void rankedChanged() {
        cache.invalidateAll();
        ranked.incrementAndGet();
    }

    /**
     * Whom this process hides is missing at once, and back at once; where it does not know that a record was hidden before, the
     * next look at the changes tells.
     */
    @Override
    public Uni<Void> recordChanged(PlayerKey key) {
        return sql.run(TAKES_NO_RANK, key.tenant().id(), key.id())
                .map(rows -> rows.iterator().next().getBoolean(0))
                .onFailure()
                .recoverWithItem(true)
                .invoke(takesNoRank -> {
                    changed(key);
                    boolean before = unranked.asMap().remove(key) != null;
                    if (takesNoRank) {
                        unranked.put(key, true);
                    }
                    if (takesNoRank || before) {
                        rankedChanged();
                    }
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> profilesChanged(Tenant tenant, Collection<String> playerIds) {
        return Uni.createFrom().voidItem().invoke(() -> playerIds.forEach(id -> changed(new PlayerKey(tenant, id))));
    }

    /** Notes that changes have been checked for. */
    void looked(boolean complete) {
        freshness.looked(complete, () -> {
            allCounted();
            rankedChanged();
        });
        cache.keep();
    }

    private static String subject(PlayerKey player) {
        return KeyAddress.ofPlayer(player.tenant(), FEATURE, player.id()).text();
    }

    private record Subject(int board, String player) {}

    /**
     * @param player whose figures they are; null where they are those of all
     * @param question begins with a word for it
     */
    private record Key(
            BoardName board, int number, int revision, int freeze, PlayerKey player, List<?> question, Stamp stamp)
            implements SharedKey {
        @Override
        public KeyAddress address() {
            Object view = question.get(0);
            return player == null
                    ? KeyAddress.of(board.tenant(), FEATURE, KeyAddress.ALL, board.name(), view)
                    : KeyAddress.ofPlayer(player.tenant(), FEATURE, player.id(), board.name(), view);
        }

        @Override
        public String subject() {
            return player == null
                    ? KeyAddress.of(board.tenant(), FEATURE, KeyAddress.ALL, board.name())
                            .text()
                    : AnalyticsCache.subject(player);
        }

        @Override
        public String view() {
            return number + "." + revision + " " + freeze + " " + question;
        }
    }

    private record Stamp(long counted, long record, long ranked) {}
}
