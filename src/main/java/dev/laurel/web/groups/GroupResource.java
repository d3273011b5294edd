package dev.laurel.web.groups;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.group.GroupKey;
import dev.laurel.group.Groups;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.boards.Preconditions;
import dev.laurel.web.boards.VersionedAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Groups of players. */
@Path("/api/v1/groups/{kind}")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Groups", description = "Classes, teams, regions: groups of players with members of their own")
public class GroupResource {
    private static final String CHANGED = "The group is not as the request takes for granted";
    private static final String IF_MATCH = "The ETag of the group that the client knows, or * for any";

    private final Groups groups;

    GroupResource(Groups groups) {
        this.groups = groups;
    }

    @GET
    @Operation(operationId = "listGroups", summary = "The groups of a kind, ordered by id")
    @APIResponse(responseCode = "200", description = "A page of groups; empty when there is none of that kind")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<GroupJson>> list(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind, @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return groups.list(CurrentTenant.get(), GroupKey.requireKind(kind), wanted)
                .map(found -> PageJson.of(wanted, found, GroupJson::of));
    }

    @RequiresScope(Scope.WRITE)
    @PUT
    @Path("/{group}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putGroup",
            summary = "Create a group, or change its title and attributes",
            description = "Members are added separately, and stay when the group is changed.")
    @APIResponse(
            responseCode = "201",
            description = "The group was created",
            content = @Content(schema = @Schema(implementation = GroupJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The group was changed",
            content = @Content(schema = @Schema(implementation = GroupJson.class)))
    @APIResponse(responseCode = "409", description = "Another request has just created the group")
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<GroupJson>> put(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind,
            @RestPath String group,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Parameter(description = "* to create a group and never to change one")
                    String ifNoneMatch,
            GroupRequest request) {
        GroupKey key = GroupKey.of(kind, group);
        return groups.put(key, Parameters.body(request).profile(), Preconditions.of(ifMatch, ifNoneMatch))
                .map(change -> VersionedAnswer.written(
                        GroupJson.of(change.group()), change.group().version(), change.created()));
    }

    @GET
    @Path("/{group}")
    @Operation(
            operationId = "getGroup",
            summary = "A group",
            description =
                    "Send the ETag as If-Match when changing the group. It does not change with the " + "members.")
    @APIResponse(
            responseCode = "200",
            description = "The group",
            content = @Content(schema = @Schema(implementation = GroupJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such group")
    @APIResponse(responseCode = "422", description = "The kind or the id is not valid")
    public Uni<RestResponse<GroupJson>> get(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind, @RestPath String group) {
        return groups.get(GroupKey.of(kind, group))
                .map(found -> VersionedAnswer.of(GroupJson.of(found), found.version()));
    }

    @RequiresScope(Scope.WRITE)
    @DELETE
    @Path("/{group}")
    @Operation(
            operationId = "deleteGroup",
            summary = "Delete a group with all its memberships",
            description = "Scores and ranks of its members stay as they are.")
    @APIResponse(responseCode = "204", description = "The group has been deleted")
    @APIResponse(responseCode = "404", description = "There is no such group")
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "The kind or the id is not valid")
    public Uni<RestResponse<Void>> delete(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind,
            @RestPath String group,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch) {
        return groups.delete(GroupKey.of(kind, group), Preconditions.of(ifMatch, null))
                .replaceWith(RestResponse.noContent());
    }
}
