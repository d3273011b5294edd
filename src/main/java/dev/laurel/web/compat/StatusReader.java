package dev.laurel.web.compat;

import dev.laurel.admin.BoardComparison;
import dev.laurel.admin.StoreHealth;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.Boards;
import dev.laurel.cache.Answers;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.admin.StandingsAdmin.Comparison;
import dev.laurel.standings.read.ReadCounts;
import dev.laurel.web.compat.AdminResource.CacheJson;
import dev.laurel.web.compat.AdminResource.ReadsJson;
import dev.laurel.web.compat.AdminResource.StatusJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Gathers the state of both stores and of the caches. Never fails: a store that is unavailable is reported as such. */
@ApplicationScoped
class StatusReader {
    private final StoreHealth health;
    private final BoardComparison comparison;
    private final StandingsAdmin standings;
    private final Boards boards;
    private final Answers answers;
    private final ReadCounts reads;
    private final BoardConfig config;

    StatusReader(
            StoreHealth health,
            BoardComparison comparison,
            StandingsAdmin standings,
            Boards boards,
            Answers answers,
            ReadCounts reads,
            BoardConfig config) {
        this.health = health;
        this.comparison = comparison;
        this.standings = standings;
        this.boards = boards;
        this.answers = answers;
        this.reads = reads;
        this.config = config;
    }

    Uni<StatusJson> read() {
        Uni<List<Comparison>> comparisons = boards.get(config.defaultBoard())
                .chain(comparison::of)
                .onFailure()
                .recoverWithNull();
        return Uni.combine()
                .all()
                .unis(health.postgres(), health.redis(), comparisons)
                .asTuple()
                .map(all -> status(all.getItem1(), all.getItem2(), all.getItem3()));
    }

    private StatusJson status(StoreHealth.Postgres postgres, StoreHealth.Redis redis, List<Comparison> windows) {
        boolean healthy = postgres.healthy() && redis.healthy();
        return new StatusJson(
                healthy ? "ok" : "degraded",
                config.defaultBoard(),
                postgres,
                redis,
                redis.healthy() ? BoardComparison.cached(windows) : null,
                healthy ? BoardComparison.drift(windows) : null,
                cache());
    }

    private CacheJson cache() {
        Answers.Counts counts = answers.counts();
        long asked = counts.hits() + counts.misses();
        Double rate = asked == 0 ? null : Math.round(1_000.0 * counts.hits() / asked) / 1_000.0;
        ReadsJson bySource = new ReadsJson(reads.redis(), reads.postgres(), counts.hits());
        return new CacheJson(answers.size(), counts.hits(), counts.misses(), rate, standings.staleWindows(), bySource);
    }
}
