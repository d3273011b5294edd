package dev.laurel.web.compat;

import dev.laurel.admin.Maintenance;
import dev.laurel.admin.StoreHealth;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.Boards;
import dev.laurel.cache.Answers;
import dev.laurel.standings.StandingsAdmin;
import dev.laurel.standings.StandingsAdmin.Comparison;
import dev.laurel.web.compat.AdminResource.CacheJson;
import dev.laurel.web.compat.AdminResource.StatusJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Gathers the state of both stores and of the caches. Never fails: what is away is shown as away. */
@ApplicationScoped
class StatusReader {
    private final StoreHealth health;
    private final Maintenance maintenance;
    private final StandingsAdmin standings;
    private final Boards boards;
    private final Answers answers;
    private final BoardConfig config;

    StatusReader(
            StoreHealth health,
            Maintenance maintenance,
            StandingsAdmin standings,
            Boards boards,
            Answers answers,
            BoardConfig config) {
        this.health = health;
        this.maintenance = maintenance;
        this.standings = standings;
        this.boards = boards;
        this.answers = answers;
        this.config = config;
    }

    Uni<StatusJson> read() {
        Uni<List<Comparison>> comparisons = boards.get(config.defaultBoard())
                .chain(maintenance::compare)
                .onFailure()
                .recoverWithItem(List.of());
        return Uni.combine()
                .all()
                .unis(health.postgres(), health.redis(), comparisons)
                .asTuple()
                .map(all -> status(all.getItem1(), all.getItem2(), all.getItem3()));
    }

    private StatusJson status(StoreHealth.Postgres postgres, StoreHealth.Redis redis, List<Comparison> windows) {
        boolean healthy = postgres.healthy() && redis.healthy();
        List<Comparison> loaded = windows.stream().filter(w -> w.cached() >= 0).toList();
        Long users = redis.healthy()
                ? loaded.stream().mapToLong(Comparison::cached).max().orElse(0)
                : null;
        Long drift = redis.healthy() && postgres.healthy()
                ? loaded.stream()
                        .mapToLong(w -> Math.abs(w.players() - w.cached()))
                        .sum()
                : null;
        return new StatusJson(
                healthy ? "ok" : "degraded", config.defaultBoard(), postgres, redis, users, drift, cache());
    }

    private CacheJson cache() {
        Answers.Counts counts = answers.counts();
        long asked = counts.hits() + counts.misses();
        Double rate = asked == 0 ? null : Math.round(1_000.0 * counts.hits() / asked) / 1_000.0;
        return new CacheJson(answers.size(), counts.hits(), counts.misses(), rate, standings.suspects());
    }
}
