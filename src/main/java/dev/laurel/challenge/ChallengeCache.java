package dev.laurel.challenge;

import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.ChangeNotice;
import dev.laurel.cache.Freshness;
import dev.laurel.cache.MixedCache;
import dev.laurel.cache.Stamps;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.RecordChanged;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * What this process caches of challenges: definitions, lists of submissions, lists of what has been cleared. Keys carry
 * the stamp of what the value depends on, so nothing is found that is older than the last known change of it;
 * {@link ChallengeChanges} reports those of other processes.
 */
@Startup
@ApplicationScoped
class ChallengeCache implements RecordChanged {
    /** What changes with every definition, and with every clearing. */
    private static final String ALL = "all";

    private static final String DEFINITION = "challenge";
    private static final String SUBMISSION = "submission";

    private static final int DEFINITION_BYTES = 2_000;
    private static final int LIST_BYTES = 4_000;

    private final MixedCache definitions;
    private final MixedCache submissions;
    private final MixedCache cleared;
    private final Stamps definitionStamps = new Stamps();
    private final Stamps submissionStamps = new Stamps();
    private final Stamps clearedStamps = new Stamps();
    private final ChangeBroadcast broadcast;
    private final Freshness definitionFreshness = new Freshness();
    private final Freshness submissionFreshness = new Freshness();

    ChallengeCache(ChallengeConfig config, ChangeBroadcast broadcast, Caches caches) {
        this.definitions = new MixedCache(
                CacheKind.of("challenges", null, DEFINITION_BYTES).addressed(), config.cached(), caches);
        this.submissions = new MixedCache(
                CacheKind.of("submissions", config.submissionsCachedFor(), LIST_BYTES)
                        .byPlayer(),
                config.cachedSubmissions(),
                caches);
        this.cleared = new MixedCache(
                CacheKind.of("cleared", config.clearedCachedFor(), LIST_BYTES).byPlayer(),
                config.cachedCleared(),
                caches);
        this.broadcast = broadcast;
        broadcast.listen(DEFINITION, fields -> learnDefinition());
        broadcast.listen(SUBMISSION, this::learnSubmission);
        broadcast.listen(RecordChanged.TOPIC, fields -> playersChanged());
    }

    /** Something that depends on definitions alone. */
    <T> Uni<T> definition(CacheKey question, Supplier<Uni<T>> loader) {
        return definitions.get(
                definitionFreshness.isTrusted(), new Key(question, question, definitionStamps.of(ALL)), loader);
    }

    /** Something that depends on the submissions of a variant or a player, and on definitions. */
    <T> Uni<T> submissions(Object source, CacheKey question, Supplier<Uni<T>> loader) {
        return submissions.get(isAllTrusted(), new Key(source, question, submissionStamps.of(source)), loader);
    }

    /** Something that depends on all clearings, or on those of a player, and on definitions. */
    <T> Uni<T> cleared(Object source, CacheKey question, Supplier<Uni<T>> loader) {
        return cleared.get(isAllTrusted(), new Key(source, question, clearedStamps.of(source)), loader);
    }

    <T> Uni<T> allCleared(CacheKey question, Supplier<Uni<T>> loader) {
        return cleared(ALL, question, loader);
    }

    private boolean isAllTrusted() {
        return definitionFreshness.isTrusted() && submissionFreshness.isTrusted();
    }

    /** This process has changed a definition: its points, and whether its lists exist. */
    void definitionChanged() {
        learnDefinition();
        broadcast.tell(ChangeNotice.of(DEFINITION));
    }

    /** A process has changed a definition. */
    void learnDefinition() {
        definitionStamps.changed(ALL);
        submissionStamps.allChanged();
        clearedStamps.allChanged();
    }

    /**
     * By this process a variant has got a submission, or lost one.
     *
     * @param clearing whether that may have changed who has cleared it
     */
    void submitted(VariantOf variant, PlayerKey player, boolean clearing) {
        learnSubmission(variant, player, clearing);
        broadcast.tell(ChangeNotice.of(
                SUBMISSION, variant.challenge(), variant.name(), player.tenant().id(), player.id(), clearing));
    }

    private void learnSubmission(List<String> fields) {
        learnSubmission(
                new VariantOf(Integer.parseInt(fields.get(0)), fields.get(1)),
                new PlayerKey(new Tenant(Short.parseShort(fields.get(2))), fields.get(3)),
                Boolean.parseBoolean(fields.get(4)));
    }

    /** By any process a variant has got a submission, or lost one. */
    void learnSubmission(VariantOf variant, PlayerKey player, boolean clearing) {
        submissionStamps.changed(variant);
        submissionStamps.changed(player);
        if (clearing) {
            clearedStamps.changed(ALL);
            clearedStamps.changed(player);
        }
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
        submissionStamps.allChanged();
        clearedStamps.allChanged();
    }

    /** Notes that changes of definitions and players by other processes have been checked for. */
    void lookedAtDefinitions(boolean complete) {
        definitionFreshness.looked(complete, this::learnDefinition);
    }

    /** The same of submissions. Where there are too many, definitions stay. */
    void lookedAtSubmissions(boolean complete) {
        submissionFreshness.looked(complete, this::playersChanged);
    }

    /** A variant of the challenge with a number. */
    record VariantOf(int challenge, String name) {}

    /** @param source what the value depends on */
    private record Key(Object source, CacheKey question, long stamp) implements CacheKey {
        @Override
        public KeyAddress address() {
            return question.address();
        }
    }
}
