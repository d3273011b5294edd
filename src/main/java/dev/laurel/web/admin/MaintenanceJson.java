package dev.laurel.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.admin.BoardComparison;
import dev.laurel.admin.Maintenance.LoadedWindow;
import dev.laurel.admin.Maintenance.Sync;
import dev.laurel.admin.StoreHealth;
import dev.laurel.archive.Archive.Reset;
import dev.laurel.shared.Period;
import dev.laurel.standings.admin.StandingsAdmin.Comparison;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;

/** The JSON forms of the results of board maintenance. */
final class MaintenanceJson {
    private MaintenanceJson() {}

    /** The result of a synchronization. */
    @Schema(name = "BoardSync")
    record SyncJson(
            String board,

            @Schema(description = "Standings loaded, over all windows")
            long loaded,

            List<LoadedJson> windows,

            @Schema(description = "Duration in milliseconds")
            long durationMs) {
        static SyncJson of(String board, Sync sync) {
            long loaded = sync.windows().stream()
                    .mapToLong(one -> Math.max(0, one.players()))
                    .sum();
            return new SyncJson(
                    board,
                    loaded,
                    sync.windows().stream().map(LoadedJson::of).toList(),
                    sync.took().toMillis());
        }
    }

    /** One window loaded by it. */
    @Schema(name = "LoadedWindow")
    record LoadedJson(
            Period period,
            String window,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Players loaded; missing while another process is loading the window")
            Long players) {
        static LoadedJson of(LoadedWindow loaded) {
            return new LoadedJson(
                    loaded.window().period(), loaded.window().id(), loaded.players() < 0 ? null : loaded.players());
        }
    }

    /** The result of a reset. */
    @Schema(name = "WindowReset")
    record ResetJson(
            String board,
            Period period,

            @Schema(description = "The generation that holds the ranking so far", examples = "2026-11-28#1")
            String window,

            @Schema(description = "Players ranked in it") long archived) {
        static ResetJson of(String board, Period period, Reset reset) {
            return new ResetJson(board, period, reset.windowId(), reset.players());
        }
    }

    /** The result of clearing. */
    @Schema(name = "CacheCleared")
    record ClearedJson(
            String board,

            @Schema(description = "Standings removed from Redis; the next reads load them again")
            long cleared) {}

    /** The state of a board in both stores. */
    @Schema(name = "BoardStatus")
    record BoardStatusJson(
            String board,
            Instant at,

            @Schema(enumeration = {"OK", "DEGRADED"}) String status,

            @Schema(description = "Whether PostgreSQL answers")
            boolean postgres,

            @Schema(description = "Whether Redis answers") boolean redis,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Difference in players between the stores, over loaded windows; missing if unknown")
            Long drift,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Open windows, at most 20; missing if unknown")
            List<WindowStatusJson> windows) {
        static BoardStatusJson of(
                String board,
                Instant at,
                StoreHealth.Postgres postgres,
                StoreHealth.Redis redis,
                List<Comparison> found) {
            boolean healthy = postgres.healthy() && redis.healthy();
            return new BoardStatusJson(
                    board,
                    at,
                    healthy ? "OK" : "DEGRADED",
                    postgres.healthy(),
                    redis.healthy(),
                    healthy ? BoardComparison.drift(found) : null,
                    found == null
                            ? null
                            : found.stream().map(WindowStatusJson::of).toList());
        }
    }

    /** The state of an open window in both stores. */
    @Schema(name = "WindowStatus")
    record WindowStatusJson(
            Period period,
            String window,
            @Schema(description = "Players in PostgreSQL") long players,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Players in Redis; missing if the window is not loaded")
            Long cached) {
        static WindowStatusJson of(Comparison found) {
            return new WindowStatusJson(
                    found.window().period(),
                    found.window().id(),
                    found.players(),
                    found.cached() < 0 ? null : found.cached());
        }
    }
}
