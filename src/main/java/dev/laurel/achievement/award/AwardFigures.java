package dev.laurel.achievement.award;

import dev.laurel.achievement.Achievement;
import dev.laurel.achievement.AchievementConfig;
import dev.laurel.achievement.AchievementKey;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.award.Figures.Counts;
import dev.laurel.achievement.award.Figures.Search;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Counts how many players have an achievement, of how many. All standings of its boards are counted for that, so the counts are
 * cached for some minutes; freezes and the search for earlier ones are looked at each time.
 */
@Startup
@ApplicationScoped
public class AwardFigures {
    private static final int BYTES = 300;
    private static final int CONCURRENT = 1;
    private static final int WAITING = 32;

    private static final String STATE = """
            SELECT is_achievement_frozen(a, $2), f.done, f.players, f.started_at, f.ended_at,
                EXISTS (SELECT FROM achievement_order o WHERE o.achievement = a.number)
            FROM achievement a LEFT JOIN achievement_fill f ON f.achievement = a.number WHERE a.number = $1""";

    /** Active is who has a score on a board of the achievement; nobody counts them while one is frozen ($3). */
    private static final String COUNTS = """
            WITH held AS MATERIALIZED (
                SELECT w.tier, w.player_id FROM achievement a JOIN achievement_award w ON w.achievement = a.number
                WHERE a.number = $1 AND is_in_time(w, a) AND is_among_first(w, a)
                  AND NOT is_unlisted(w.tenant_id, w.player_id, $2))
            SELECT CASE WHEN NOT $3::boolean THEN (
                    SELECT count(DISTINCT s.player_id) FROM standing s
                    WHERE s.board_id IN (SELECT achievement_boards(a)) AND NOT is_unlisted(a.tenant_id, s.player_id, $2)) END,
                (SELECT count(DISTINCT h.player_id) FROM held h), (
                    SELECT coalesce(json_object_agg(t.tier, t.players), '{}') FROM (
                        SELECT h.tier, count(DISTINCT h.player_id) AS players FROM held h GROUP BY h.tier) t)::text
            FROM achievement a WHERE a.number = $1""";

    private final Achievements achievements;
    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;
    private final NearCache<Key, Counts> cache;
    private final Bulkhead bulkhead =
            new Bulkhead(CONCURRENT, WAITING, "PostgreSQL has as many achievements to count as it can take");

    AwardFigures(
            Achievements achievements, Sql sql, Pulse pulse, Clock clock, AchievementConfig config, Caches caches) {
        this.achievements = achievements;
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
        this.cache = new NearCache<>(
                CacheKind.of("achievement-figures", config.figuresCachedFor(), BYTES)
                        .addressed(),
                config.cachedFigures(),
                caches);
    }

    /** How many players have an achievement, of how many. */
    public Uni<Figures> of(AchievementKey key) {
        return achievements.known(key).chain(found -> run(STATE, found.number(), now())
                .chain(row -> {
                    Search search = Search.of(row);
                    // Counted again once the search has ended, and once the boards are revealed.
                    Key cached = new Key(key, found.version(), row.getBoolean(0), search.endedAt());
                    return cache.get(cached, () -> bulkhead.run(count(found, cached.frozen)))
                            .map(counts -> Figures.of(counts, search));
                }));
    }

    private Uni<Counts> count(Achievement achievement, boolean frozen) {
        return Uni.createFrom().deferred(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            return run(COUNTS, achievement.number(), now.atOffset(ZoneOffset.UTC), frozen)
                    .map(row -> Counts.of(achievement, row, now));
        });
    }

    private Uni<Row> run(String statement, Object... arguments) {
        return pulse.whileAlive(sql.run(statement, arguments))
                .map(rows -> rows.iterator().next());
    }

    private Object now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** @param searched when the search for earlier ones ended; null until then */
    private record Key(AchievementKey achievement, String version, boolean frozen, Instant searched)
            implements CacheKey {
        @Override
        public KeyAddress address() {
            return achievement.address().with("statistics");
        }
    }
}
