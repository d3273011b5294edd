package dev.laurel.web.groups;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.group.Memberships;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.friend.Friends;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.body.MaxBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.List;

/** The groups and the friends of a player. */
@Path("/api/v1/players/{player}")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Groups")
public class PlayerGroupsResource {
    private final Memberships memberships;
    private final Friends friends;

    PlayerGroupsResource(Memberships memberships, Friends friends) {
        this.memberships = memberships;
        this.friends = friends;
    }

    @GET
    @Path("/groups")
    @Operation(operationId = "listGroupsOfPlayer", summary = "The groups of a player, ordered by kind and id")
    @APIResponse(responseCode = "200", description = "A page of groups; empty for a player who is in none")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<MembershipJson.GroupOfPlayerJson>> groups(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player, @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return memberships
                .groupsOf(PlayerKey.of(player), wanted)
                .map(found -> PageJson.of(wanted, found, MembershipJson.GroupOfPlayerJson::of));
    }

    @GET
    @Path("/friends")
    @Operation(operationId = "getFriends", summary = "The friends that a player has listed, ordered by id")
    @APIResponse(responseCode = "200", description = "The list; empty for a player who has listed none")
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<FriendsJson> friends(@RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player) {
        return friends.of(PlayerKey.of(player)).map(FriendsJson::new);
    }

    @RequiresScope(Scope.WRITE)
    @PUT
    @Path("/friends")
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(MaxBody.IDS)
    @Operation(
            operationId = "putFriends",
            summary = "Replace the list of a player's friends",
            description =
                    "Rankings accept the list as a segment: ?segment=friends:alice ranks alice and her friends. Being "
                            + "listed is not mutual.")
    @APIResponse(responseCode = "200", description = "The list as it is stored, ordered by id")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<FriendsJson> putFriends(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player, FriendsRequest request) {
        return friends.put(PlayerKey.of(player), Parameters.body(request).friends())
                .map(FriendsJson::new);
    }

    /** The friends of a player. */
    @Schema(name = "Friends")
    public record FriendsJson(List<String> friends) {}

    /** The friends of a player as a client writes them. */
    @Schema(name = "FriendsRequest")
    public record FriendsRequest(
            @Schema(required = true, maxItems = Friends.MAX, examples = "[\"bob\", \"carol\"]")
            List<String> friends) {}
}
