package dev.laurel.web.admin;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.feed.Followers;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.admin.FollowerJson.FollowersJson;
import dev.laurel.web.admin.FollowerJson.ItemJson;
import dev.laurel.web.admin.FollowerJson.RetriedJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The parts of the service that process what was accepted, closed and changed. */
@Path("/api/v1/admin/followers")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class FollowersResource {
    private final Followers followers;

    FollowersResource(Followers followers) {
        this.followers = followers;
    }

    @GET
    @Operation(
            operationId = "listFollowers",
            summary = "The followers of events, closings and changes: the lag of each, and whether it fails")
    @APIResponse(responseCode = "200", description = "All of them, by their names")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<FollowersJson> list() {
        return followers.states().map(FollowersJson::of);
    }

    @GET
    @Path("/{follower}/items")
    @Operation(
            operationId = "listAsideItems",
            summary = "Items put aside for a follower after repeated failures, oldest first")
    @APIResponse(responseCode = "200", description = "A page of items")
    @APIResponse(responseCode = "404", description = "There is no such follower")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<PageJson<ItemJson>> items(
            @RestPath @Parameter(schema = @Schema(type = SchemaType.STRING, examples = "board-days")) String follower,
            @BeanParam PageAddress page) {
        PageRequest request = page.request();
        return followers.items(follower, request).map(items -> PageJson.of(request, items, ItemJson::of));
    }

    @POST
    @Path("/{follower}/items/{item}/retry")
    @Operation(
            operationId = "retryAsideItem",
            summary = "Have a follower process an item that was put aside, exactly once, however often this is sent")
    @APIResponse(responseCode = "200", description = "The item has been processed, and is off the list")
    @APIResponse(responseCode = "404", description = "There is no such follower, or no such item is put aside")
    @APIResponse(responseCode = "409", description = "The follower has failed again; the item stays on the list")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<RetriedJson> retry(
            @RestPath @Parameter(schema = @Schema(type = SchemaType.STRING, examples = "board-days")) String follower,
            @RestPath
                    @Parameter(
                            schema =
                                    @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1", examples = "1"))
                    String item) {
        long id = Parameters.number("item", item, new Bounds(1, Long.MAX_VALUE, 1));
        return followers.retry(follower, id).map(done -> new RetriedJson(follower, id, done));
    }
}
