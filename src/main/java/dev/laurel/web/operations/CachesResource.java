package dev.laurel.web.operations;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.admin.CacheWarming;
import dev.laurel.admin.OperatorLog;
import dev.laurel.cache.CacheDrops;
import dev.laurel.cache.memory.CacheMemory;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.cache.registry.ManagedCache;
import dev.laurel.correction.Decision;
import dev.laurel.platform.async.OffLoop;
import dev.laurel.shared.Ids;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.admin.OptionalDecision;
import dev.laurel.web.operations.CacheJson.CachesJson;
import dev.laurel.web.operations.CacheJson.ContentJson;
import dev.laurel.web.operations.CacheJson.DroppedJson;
import dev.laurel.web.operations.CacheJson.FiguresJson;
import dev.laurel.web.operations.CacheJson.WarmedJson;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.ArrayList;
import java.util.List;

/** The caches in this process. */
@Path("/api/v1/admin/caches")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class CachesResource {
    private static final Bounds KEYS = new Bounds(0, 1_000, 20);
    private static final Bounds PLAYERS = new Bounds(0, CacheWarming.MAX_PLAYERS, 100);

    private final Caches caches;
    private final CacheDrops drops;
    private final CacheMemory memory;
    private final CacheWarming warming;
    private final OperatorLog log;

    CachesResource(Caches caches, CacheDrops drops, CacheMemory memory, CacheWarming warming, OperatorLog log) {
        this.caches = caches;
        this.memory = memory;
        this.drops = drops;
        this.warming = warming;
        this.log = log;
    }

    @GET
    @NonBlocking
    @Operation(
            operationId = "listCaches",
            summary = "The caches in this process: what each holds, and how well it does its work",
            description = "Counted since the process began. Each process has caches of its own.")
    @APIResponse(responseCode = "200", description = "All of them")
    public CachesJson list() {
        return CachesJson.of(memory.most(), caches.all());
    }

    @DELETE
    @Operation(
            operationId = "dropCaches",
            summary =
                    "Drop what all caches hold, or what they hold about a player or a group; later reads load it again",
            description =
                    "Caches whose keys do not tell what is asked are left alone. Nothing that is stored changes, and "
                            + "Redis keeps its rankings; DELETE …/boards/{board}/cache clears those of a board. Other processes do "
                            + "the same as soon as they hear of it.")
    @APIResponse(responseCode = "200", description = "What was dropped here")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<DroppedJson> dropAll(@BeanParam CacheFilter which, @BeanParam OptionalDecision why) {
        KeyFilter filter = which.filter();
        Decision decision = why.decision();
        return drops.dropAll(filter)
                .call(() -> log.dropped("all caches", filter, decision))
                .map(DroppedJson::of);
    }

    @GET
    @Path("/{cache}")
    @Operation(operationId = "getCache", summary = "One cache of this process, and keys of what it holds")
    @APIResponse(responseCode = "200", description = "Its figures, and how many of its values are selected")
    @APIResponse(responseCode = "404", description = "There is no such cache; the detail names those there are")
    @APIResponse(
            responseCode = "422",
            description = "A parameter is invalid, or the keys of this cache do not tell it; errors names it")
    public Uni<ContentJson> get(
            @RestPath String cache,
            @BeanParam CacheFilter which,
            @QueryParam("limit")
                    @Parameter(
                            description = "Maximum number of keys to return",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "0",
                                            maximum = "1000",
                                            defaultValue = "20"))
                    String limit) {
        KeyFilter filter = which.filter();
        long most = Parameters.number("limit", limit, KEYS);
        ManagedCache found = caches.get(Ids.require("cache", cache));
        CacheDrops.require(found, filter);
        // Keys are gone over one by one.
        return OffLoop.always(() -> content(found, filter, most));
    }

    private static ContentJson content(ManagedCache cache, KeyFilter filter, long most) {
        long matching = 0;
        List<String> keys = new ArrayList<>();
        for (Object key : cache.keys()) {
            if (filter.selects(key)) {
                matching++;
                if (keys.size() < most && key instanceof CacheKey addressed) {
                    keys.add(addressed.address().text());
                }
            }
        }
        return new ContentJson(FiguresJson.of(cache), matching, keys);
    }

    @DELETE
    @Path("/{cache}")
    @Operation(
            operationId = "dropCache",
            summary = "Drop what a cache holds, or some of it; later reads load it again",
            description = "Other processes do the same as soon as they hear of it.")
    @APIResponse(responseCode = "200", description = "What was dropped here")
    @APIResponse(responseCode = "404", description = "There is no such cache; the detail names those there are")
    @APIResponse(
            responseCode = "422",
            description = "A parameter is invalid, or the keys of this cache do not tell it; errors names it")
    public Uni<DroppedJson> drop(
            @RestPath String cache, @BeanParam CacheFilter which, @BeanParam OptionalDecision why) {
        KeyFilter filter = which.filter();
        Decision decision = why.decision();
        return drops.drop(Ids.require("cache", cache), filter)
                .call(() -> log.dropped(cache, filter, decision))
                .map(DroppedJson::of);
    }

    @POST
    @Path("/warm")
    @Operation(
            operationId = "warmCaches",
            summary = "Load what most requests need before they need it",
            description =
                    "Of each board: the current windows into Redis where it lacks them, and into this process the "
                            + "definition, the first page of each current ranking, and the records of the players on it. One at a "
                            + "time in each process, for at most laurel.cache.warm-for; what is loaded already stays.")
    @APIResponse(responseCode = "200", description = "What was loaded, or was there already")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = "This process is warming its caches already")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<WarmedJson> warm(
            @QueryParam("board") @Parameter(description = "Only this board; default: all, by name, up to 1,000")
                    String board,
            @QueryParam("players")
                    @Parameter(
                            description = "Players of each ranking, from the first",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "0",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    String players) {
        if (board != null) {
            Ids.require("board", board);
        }
        return warming.warm(board, (int) Parameters.number("players", players, PLAYERS))
                .map(WarmedJson::of);
    }
}
