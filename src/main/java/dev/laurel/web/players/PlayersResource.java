package dev.laurel.web.players;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.player.Player;
import dev.laurel.player.PlayerProfile;
import dev.laurel.player.Players;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.PlayerIds;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The players who have a record. */
@Path("/api/v1/players")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Players")
public class PlayersResource {
    private final Players players;

    PlayersResource(Players players) {
        this.players = players;
    }

    @GET
    @Operation(
            operationId = "listPlayers",
            summary = "Players with a record: all of them, those a search finds, or the one of a username",
            description = "A search finds a player when each word of it begins a word of the player's displayName, "
                    + "without regard to accents and case; found players come in the order of their names, all others "
                    + "in the order of their ids. Every player is on one page only.")
    @APIResponse(responseCode = "200", description = "A page of players")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<PlayerJson>> list(
            @QueryParam("search")
                    @Parameter(
                            description = "Beginnings of words of the name",
                            schema = @Schema(maxLength = PlayerProfile.MAX_NAME, examples = "love"))
                    String search,
            @QueryParam("username")
                    @Parameter(
                            description = "The username to the letter; not together with search",
                            schema = @Schema(maxLength = PlayerIds.MAX_LENGTH))
                    String username,
            @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return found(search, username, wanted).map(found -> PageJson.of(wanted, found, PlayerJson::of));
    }

    private Uni<PageResult<Player>> found(String search, String username, PageRequest wanted) {
        if (search != null && username != null) {
            throw new InvalidInput("username", "must not be given together with search");
        }
        if (username != null) {
            return players.byUsername(CurrentTenant.get(), PlayerIds.require("username", username), wanted);
        }
        if (search == null) {
            return players.list(CurrentTenant.get(), wanted);
        }
        if (search.codePointCount(0, search.length()) > PlayerProfile.MAX_NAME) {
            throw new InvalidInput("search", "must not be longer than " + PlayerProfile.MAX_NAME + " characters");
        }
        return players.search(CurrentTenant.get(), search, wanted);
    }
}
