package dev.laurel.achievement;

import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.ChangeNotice;
import dev.laurel.cache.Computed;
import dev.laurel.cache.Freshness;
import dev.laurel.cache.MixedCache;
import dev.laurel.cache.Stamps;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.cache.shared.SharedKey;
import dev.laurel.cache.shared.SharedLevel;
import dev.laurel.cache.shared.TwoLevelCache;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.RecordChanged;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.function.Supplier;

/**
 * What this process caches of achievements: definitions, what players have reached, holders. Keys carry the stamp of what
 * the value depends on, so nothing is found that is older than the last known change of it; {@link AchievementChanges}
 * reports those of other processes.
 */
@Startup
@ApplicationScoped
public class AchievementCache implements RecordChanged {
    private static final String ALL = "all";
    private static final String DEFINITION = "achievement";

    private static final int DEFINITION_BYTES = 2_000;
    private static final int LIST_BYTES = 4_000;

    private static final int CONCURRENT = 4;
    private static final int WAITING = 256;

    private final MixedCache definitions;
    private final TwoLevelCache players;
    private final MixedCache holders;
    private final Stamps definitionStamps = new Stamps();
    private final Stamps playerStamps = new Stamps();
    private final Stamps holderStamps = new Stamps();
    private final Freshness freshness = new Freshness();
    private final ChangeBroadcast broadcast;

    /** What is not cached shares its connections with writes. */
    private final Bulkhead reads =
            new Bulkhead(CONCURRENT, WAITING, "PostgreSQL has as many awards to read as it can take");

    AchievementCache(AchievementConfig config, ChangeBroadcast broadcast, Caches caches, SharedLevel level) {
        this.definitions = new MixedCache(
                CacheKind.of("achievements", null, DEFINITION_BYTES).addressed(), config.cached(), caches);
        this.players = TwoLevelCache.watched(
                CacheKind.of("player-achievements", config.cachedFor(), LIST_BYTES)
                        .byPlayer(),
                config.cachedPlayers(),
                caches,
                level);
        this.holders = new MixedCache(
                CacheKind.of("achievement-holders", config.cachedFor(), LIST_BYTES)
                        .addressed(),
                config.cachedHolders(),
                caches);
        this.broadcast = broadcast;
        broadcast.listen(DEFINITION, fields -> learnDefinition());
        broadcast.listen(RecordChanged.TOPIC, fields -> playersChanged());
    }

    /** Something that depends on definitions alone. */
    <T> Uni<T> definition(CacheKey question, Supplier<Uni<T>> loader) {
        return definitions.get(freshness.isTrusted(), new Key(question, question, definitionStamps.of(ALL)), loader);
    }

    /** Something that depends on what a player has reached, and on definitions. */
    public <T> Uni<Computed<T>> player(PlayerKey player, Supplier<Uni<T>> loader) {
        return players.get(
                freshness.isTrusted(), new OfPlayer(player, playerStamps.of(player)), () -> reads.run(loader.get()));
    }

    /** Something that depends on who has reached an achievement. */
    public <T> Uni<T> holders(int achievement, CacheKey question, Supplier<Uni<T>> loader) {
        return holders.get(
                freshness.isTrusted(),
                new Key(achievement, question, holderStamps.of(achievement)),
                () -> reads.run(loader.get()));
    }

    /** This process has changed a definition. */
    void definitionChanged() {
        learnDefinition();
        broadcast.tell(ChangeNotice.of(DEFINITION));
    }

    /** A definition has changed, and with it what players can see of their own. */
    void learnDefinition() {
        definitionStamps.changed(ALL);
        playersChanged();
    }

    /** A player has got an award, or lost one. */
    void awarded(int achievement, PlayerKey player) {
        players.invalidate(new OfPlayer(player, 0).subject());
        playerStamps.changed(player);
        holderStamps.changed(achievement);
    }

    @Override
    public Uni<Void> recordChanged(PlayerKey key) {
        return Uni.createFrom().voidItem().invoke(this::playersChanged);
    }

    @Override
    public Uni<Void> profilesChanged(Tenant tenant, Collection<String> playerIds) {
        return Uni.createFrom().voidItem().invoke(this::playersChanged);
    }

    /** Players may have appeared on public lists, or disappeared from them. */
    void playersChanged() {
        players.invalidateAll();
        playerStamps.allChanged();
        holderStamps.allChanged();
    }

    /** Notes that changes by other processes have been checked for. */
    void looked(boolean complete) {
        freshness.looked(complete, this::learnDefinition);
        players.keep();
    }

    /** @param source what the value depends on */
    private record Key(Object source, CacheKey question, long stamp) implements CacheKey {
        @Override
        public KeyAddress address() {
            return question.address();
        }
    }

    private record OfPlayer(PlayerKey player, long stamp) implements SharedKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.ofPlayer(player.tenant(), "player-achievement", player.id());
        }

        @Override
        public String subject() {
            return address().text();
        }

        @Override
        public String view() {
            return subject();
        }
    }
}
