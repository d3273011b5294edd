package dev.laurel.web.compat;

import dev.laurel.admin.Maintenance;
import dev.laurel.admin.StoreHealth;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.Boards;
import dev.laurel.cache.Answers;
import dev.laurel.platform.Contexts;
import dev.laurel.standings.ReadCounts;
import dev.laurel.standings.StandingsAdmin;
import dev.laurel.standings.StandingsAdmin.Comparison;
import dev.laurel.web.compat.AdminResource.CacheJson;
import dev.laurel.web.compat.AdminResource.ReadsJson;
import dev.laurel.web.compat.AdminResource.StatusJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Gathers the state of both stores and of the caches. Never fails: a store that is unavailable is reported as such. */
@ApplicationScoped
class StatusReader {
    /** A status is answered within a second, whatever is unavailable. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /** Counting millions of players takes longer than that: then the last comparison is shown, if it is not older. */
    private static final Duration SHOWN_FOR = Duration.ofMinutes(1);

    private static final String COMPARISON = "comparison";

    private final StoreHealth health;
    private final Maintenance maintenance;
    private final StandingsAdmin standings;
    private final Boards boards;
    private final Answers answers;
    private final ReadCounts reads;
    private final BoardConfig config;
    private final ConcurrentMap<String, CompletableFuture<List<Comparison>>> comparing = new ConcurrentHashMap<>();
    private volatile Compared last = new Compared(null, 0);

    StatusReader(
            StoreHealth health,
            Maintenance maintenance,
            StandingsAdmin standings,
            Boards boards,
            Answers answers,
            ReadCounts reads,
            BoardConfig config) {
        this.health = health;
        this.maintenance = maintenance;
        this.standings = standings;
        this.boards = boards;
        this.answers = answers;
        this.reads = reads;
        this.config = config;
    }

    Uni<StatusJson> read() {
        return Uni.combine()
                .all()
                .unis(health.postgres(), health.redis(), comparisons())
                .asTuple()
                .map(all -> status(all.getItem1(), all.getItem2(), all.getItem3()));
    }

    /** One comparison for all who ask meanwhile; null when it is not known. */
    private Uni<List<Comparison>> comparisons() {
        return Contexts.once(comparing, COMPARISON, () -> compare()
                        .onTermination()
                        .invoke(() -> comparing.remove(COMPARISON)))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(this::lastShown)
                .onFailure()
                .recoverWithNull();
    }

    private Uni<List<Comparison>> compare() {
        return boards.get(config.defaultBoard())
                .chain(maintenance::compare)
                .invoke(found -> last = new Compared(found, System.nanoTime()));
    }

    private List<Comparison> lastShown() {
        Compared compared = last;
        boolean recent = compared.windows() != null && System.nanoTime() - compared.at() < SHOWN_FOR.toNanos();
        return recent ? compared.windows() : null;
    }

    private StatusJson status(StoreHealth.Postgres postgres, StoreHealth.Redis redis, List<Comparison> windows) {
        boolean healthy = postgres.healthy() && redis.healthy();
        Long users = redis.healthy() && windows != null ? users(windows) : null;
        Long drift = healthy && windows != null ? drift(windows) : null;
        return new StatusJson(
                healthy ? "ok" : "degraded", config.defaultBoard(), postgres, redis, users, drift, cache());
    }

    private static long users(List<Comparison> windows) {
        return windows.stream()
                .mapToLong(Comparison::cached)
                .filter(cached -> cached >= 0)
                .max()
                .orElse(0);
    }

    private static long drift(List<Comparison> windows) {
        return windows.stream()
                .filter(window -> window.cached() >= 0)
                .mapToLong(window -> Math.abs(window.players() - window.cached()))
                .sum();
    }

    private CacheJson cache() {
        Answers.Counts counts = answers.counts();
        long asked = counts.hits() + counts.misses();
        Double rate = asked == 0 ? null : Math.round(1_000.0 * counts.hits() / asked) / 1_000.0;
        ReadsJson bySource = new ReadsJson(reads.redis(), reads.postgres(), counts.hits());
        return new CacheJson(answers.size(), counts.hits(), counts.misses(), rate, standings.suspects(), bySource);
    }

    /** A comparison and when it ended. */
    private record Compared(List<Comparison> windows, long at) {}
}
