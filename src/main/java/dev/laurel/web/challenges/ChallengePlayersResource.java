package dev.laurel.web.challenges;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.challenge.ClearedReads;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.challenges.ClearedJson.PlayerClearedJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All players who have cleared anything. */
@Path("/api/v1/challenges/players")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Challenges")
public class ChallengePlayersResource {
    private final ClearedReads reads;

    ChallengePlayersResource(ClearedReads reads) {
        this.reads = reads;
    }

    @GET
    @Operation(
            operationId = "listChallengePlayers",
            summary = "All players who have cleared anything, those with the most points first",
            description =
                    "Points of all challenges, on whatever boards. While the board of a challenge is frozen: what "
                            + "was cleared before the freeze.")
    @APIResponse(responseCode = "200", description = "A page of players")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<PlayerClearedJson>> list(@BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return reads.totals(CurrentTenant.get(), wanted)
                .map(found -> PageJson.of(wanted, found, PlayerClearedJson::of));
    }
}
