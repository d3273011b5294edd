package dev.laurel.web.groups;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.group.GroupKey;
import dev.laurel.group.Memberships;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.body.MaxBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The members of a group. */
@Path("/api/v1/groups/{kind}/{group}/members")
@RequiresScope(Scope.WRITE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Groups")
public class MembersResource {
    private static final String FULL = "The group would have more members than allowed";

    private final Memberships memberships;

    MembersResource(Memberships memberships) {
        this.memberships = memberships;
    }

    @RequiresScope(Scope.READ)
    @GET
    @Operation(operationId = "listMembers", summary = "The members of a group, ordered by id")
    @APIResponse(responseCode = "200", description = "A page of members")
    @APIResponse(responseCode = "404", description = "There is no such group")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<MembershipJson.GroupMemberJson>> list(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind,
            @RestPath String group,
            @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return memberships
                .members(GroupKey.of(kind, group), wanted)
                .map(found -> PageJson.of(wanted, found, MembershipJson.GroupMemberJson::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(MaxBody.ITEMS)
    @Operation(
            operationId = "changeMembers",
            summary = "Add, remove or replace up to 10,000 members at once, all or none",
            description = "Repeating a change does nothing more. Players need no record.")
    @APIResponse(responseCode = "200", description = "How many players have joined and left")
    @APIResponse(responseCode = "404", description = "There is no such group")
    @APIResponse(responseCode = "409", description = FULL)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<MembershipJson.Changed> change(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind,
            @RestPath String group,
            MembershipJson.ChangeRequest request) {
        GroupKey key = GroupKey.of(kind, group);
        MembershipJson.ChangeRequest wanted = Parameters.body(request);
        return memberships
                .change(key, wanted.memberChange(), wanted.playerIds())
                .map(MembershipJson.Changed::of);
    }

    @PUT
    @Path("/{player}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putMember",
            summary = "Make a player a member of a group",
            description = "A player may belong to several groups, also of the same kind, and needs no record.")
    @APIResponse(
            responseCode = "201",
            description = "The player has become a member",
            content = @Content(schema = @Schema(implementation = MembershipJson.GroupMemberJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The player was a member before",
            content = @Content(schema = @Schema(implementation = MembershipJson.GroupMemberJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such group")
    @APIResponse(responseCode = "409", description = FULL)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<MembershipJson.GroupMemberJson>> put(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind,
            @RestPath String group,
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            MembershipJson.JoinRequest request) {
        return memberships
                .put(GroupKey.of(kind, group), player, request == null ? null : request.instant())
                .map(joined -> RestResponse.status(
                        joined.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        MembershipJson.GroupMemberJson.of(joined.member())));
    }

    @DELETE
    @Path("/{player}")
    @Operation(operationId = "deleteMember", summary = "End a player's membership of a group")
    @APIResponse(responseCode = "204", description = "The player is no longer a member")
    @APIResponse(responseCode = "404", description = "There is no such group, or the player is not a member of it")
    @APIResponse(responseCode = "422", description = "The kind or an id is not valid")
    public Uni<RestResponse<Void>> delete(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind,
            @RestPath String group,
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player) {
        return memberships.remove(GroupKey.of(kind, group), player).replaceWith(RestResponse.noContent());
    }
}
