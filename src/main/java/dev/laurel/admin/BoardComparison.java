package dev.laurel.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.board.Board;
import dev.laurel.platform.async.Contexts;
import dev.laurel.standings.admin.StandingsAdmin.Comparison;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Compares the windows of a board in both stores, for a status that must be returned within a second. */
@ApplicationScoped
public class BoardComparison {
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /**
     * Counting millions of players takes longer than that: then the last comparison is shown, unless it is older than
     * this.
     */
    private static final Duration SHOWN_FOR = Duration.ofMinutes(1);

    private static final int MAX_KEPT = 1_000;

    private final Maintenance maintenance;
    private final ConcurrentMap<Integer, CompletableFuture<List<Comparison>>> comparing = new ConcurrentHashMap<>();
    private final Cache<Integer, List<Comparison>> last = Caffeine.newBuilder()
            .maximumSize(MAX_KEPT)
            .expireAfterWrite(SHOWN_FOR)
            .build();

    BoardComparison(Maintenance maintenance) {
        this.maintenance = maintenance;
    }

    /** One comparison serves all concurrent callers; null when it is not available. Never fails. */
    public Uni<List<Comparison>> of(Board board) {
        return Contexts.once(comparing, board.id(), () -> maintenance
                        .compare(board)
                        .invoke(found -> last.put(board.id(), found))
                        .onTermination()
                        .invoke(() -> comparing.remove(board.id())))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> last.getIfPresent(board.id()))
                .onFailure()
                .recoverWithNull();
    }

    /** Players in Redis, in the window that has the most; null when unknown. */
    public static Long cached(List<Comparison> windows) {
        return windows == null
                ? null
                : Long.valueOf(windows.stream()
                        .mapToLong(Comparison::cached)
                        .filter(cached -> cached >= 0)
                        .max()
                        .orElse(0));
    }

    /** By how many players the stores differ in the windows that Redis has; null when unknown. */
    public static Long drift(List<Comparison> windows) {
        return windows == null
                ? null
                : Long.valueOf(windows.stream()
                        .filter(window -> window.cached() >= 0)
                        .mapToLong(window -> Math.abs(window.players() - window.cached()))
                        .sum());
    }
}
