package dev.laurel.web.players;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.player.PlayerCache;
import dev.laurel.player.PlayerCache.Statistics;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The player cache of this process. */
@Path("/api/v1/admin/players")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class PlayerCacheResource {
    private final PlayerCache cache;

    PlayerCacheResource(PlayerCache cache) {
        this.cache = cache;
    }

    @GET
    @Path("/cache")
    @NonBlocking
    @Operation(
            operationId = "getPlayerCache",
            summary = "How well this process's cache of player records does its work")
    @APIResponse(responseCode = "200", description = "Its figures since the process began")
    public CacheJson cache() {
        return CacheJson.of(cache.statistics());
    }

    /** Figures of a cache. */
    @Schema(name = "PlayerCache")
    public record CacheJson(
            @Schema(description = "Players that are known now, also those known to have no record")
            long cachedPlayers,

            long hits,
            long misses,
            double hitRatePercent,

            @Schema(description = "How long an unchanged record is kept")
            long ttlSeconds) {
        static CacheJson of(Statistics statistics) {
            return new CacheJson(
                    statistics.cachedPlayers(),
                    statistics.hits(),
                    statistics.misses(),
                    statistics.hitRatePercent(),
                    statistics.ttlSeconds());
        }
    }
}
