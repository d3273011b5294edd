package dev.laurel.web.compat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.admin.Maintenance;
import dev.laurel.admin.StoreHealth;
import dev.laurel.archive.Archive;
import dev.laurel.archive.ResetOrder;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.Boards;
import dev.laurel.correction.Decision;
import dev.laurel.shared.Ids;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.List;

/** Maintenance of the board of the first interface. */
@Path("/api/redis-leaderboard/admin")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "First interface, administration")
public class AdminResource {
    /** This interface takes no reasons; the log at least names the interface. */
    private static final Decision BY_HAND = new Decision("Asked for without a reason", "redis-leaderboard");

    private final Maintenance maintenance;
    private final Archive archive;
    private final Boards boards;
    private final StatusReader status;
    private final BoardConfig config;

    AdminResource(Maintenance maintenance, Archive archive, Boards boards, StatusReader status, BoardConfig config) {
        this.maintenance = maintenance;
        this.archive = archive;
        this.boards = boards;
        this.status = status;
        this.config = config;
    }

    @POST
    @Path("/sync")
    @Operation(operationId = "compatSync", summary = "Load Redis from PostgreSQL")
    @APIResponse(responseCode = "200", description = "What was loaded, and how long it took")
    public Uni<SyncJson> sync() {
        return maintenance.sync(config.defaultBoard(), BY_HAND).map(SyncJson::of);
    }

    @POST
    @Path("/reset/{period}")
    @Operation(
            operationId = "compatReset",
            summary = "Restart a period from zero",
            description =
                    "The standings so far are archived as a generation of the window; nothing is deleted. A late job that "
                            + "names the window cannot reset the next one. With an Idempotency-Key the same "
                            + "call can be repeated: it does nothing and returns the first answer.")
    @APIResponse(responseCode = "200", description = "What was archived")
    @APIResponse(
            responseCode = "409",
            description = "Another window is running, or the key has been used for another reset; nothing is reset")
    @APIResponse(responseCode = "422", description = "The period, the window or the key is invalid")
    @APIResponse(
            responseCode = "503",
            description =
                    "Not answered in time: a reset that has not begun is cancelled, one that has begun continues, as "
                            + "the detail says; with a key it is safe to try again after Retry-After")
    public Uni<ResetJson> reset(
            @RestPath
                    @Parameter(
                            required = true,
                            schema = @Schema(enumeration = {"daily", "weekly", "monthly", "yearly"}))
                    String period,
            @QueryParam("window")
                    @Parameter(
                            description = "Reset only if this is the running window",
                            schema = @Schema(examples = "2026-11-28"))
                    String window,
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Key that makes it safe to repeat this reset",
                            schema = @Schema(pattern = Ids.PATTERN, examples = "nightly-2026-11-28"))
                    String key) {
        Period wanted = RedisLeaderboardResource.period(period);
        ResetOrder order = new ResetOrder(wanted, window, BY_HAND.reason(), BY_HAND.author(), key);
        return boards.get(config.defaultBoard())
                .chain(board -> archive.reset(board, order))
                .map(reset -> new ResetJson(period, reset.windowId(), reset.players()));
    }

    @GET
    @Path("/status")
    @RequiresScope(value = Scope.ADMIN, ofService = true)
    @Operation(operationId = "compatStatus", summary = "The state of the stores and caches")
    @APIResponse(responseCode = "200", description = "The state, whatever it is")
    public Uni<StatusJson> status() {
        return status.read();
    }

    @DELETE
    @Path("/cache")
    @RequiresScope(value = Scope.ADMIN, ofService = true)
    @Operation(operationId = "compatClear", summary = "Clear everything cached; later reads load it again")
    @APIResponse(responseCode = "200", description = "What was cleared")
    public Uni<ClearedJson> clear() {
        return maintenance.clear(config.defaultBoard(), BY_HAND).map(ClearedJson::new);
    }

    /** The result of a synchronization. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record SyncJson(long loaded, List<LoadedJson> windows, long durationMs) {
        static SyncJson of(Maintenance.Sync sync) {
            List<LoadedJson> windows =
                    sync.windows().stream().map(LoadedJson::of).toList();
            long loaded = sync.windows().stream()
                    .mapToLong(one -> Math.max(0, one.players()))
                    .sum();
            return new SyncJson(loaded, windows, sync.took().toMillis());
        }
    }

    /** One window loaded by it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record LoadedJson(
            String period,
            String window,

            @Schema(description = "Users loaded; null while another process is loading the window", nullable = true)
            Long users,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "True while another process is loading the window; missing otherwise")
            Boolean loading) {
        static LoadedJson of(Maintenance.LoadedWindow loaded) {
            boolean loading = loaded.players() < 0;
            return new LoadedJson(
                    loaded.window().period().path(),
                    loaded.window().id(),
                    loading ? null : loaded.players(),
                    loading ? Boolean.TRUE : null);
        }
    }

    /** The result of a reset. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ResetJson(String period, String window, long archived) {}

    /** The result of clearing: the number of standings that Redis held. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ClearedJson(long cleared) {}

    /** The state of the stores and caches. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record StatusJson(
            String status,
            String board,
            StoreHealth.Postgres postgres,
            StoreHealth.Redis redis,
            Long usersCached,
            Long drift,
            CacheJson cache) {}

    /**
     * Caches of this process.
     *
     * @param hitRate share of requests for a slice of a ranking served from the near cache, null before the first
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record CacheJson(
            int answers, long hits, long misses, Double hitRate, int windowsAwaitingLoad, ReadsJson reads) {}

    /** The sources of this process's reads since startup, through both interfaces. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "ReadCounts")
    public record ReadsJson(
            @Schema(description = "From the sorted sets of Redis")
            long redis,

            @Schema(description = "From PostgreSQL: past windows, and all while Redis is unavailable")
            long postgres,

            @Schema(description = "From cached answers of this process")
            long near) {}
}
