package dev.laurel.web.challenges;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.challenge.ClearedReads;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.web.Parameters;
import dev.laurel.web.body.MaxBody;
import dev.laurel.web.challenges.ClearedJson.ClearedList;
import dev.laurel.web.challenges.ClearedJson.ClearedVariantJson;
import dev.laurel.web.challenges.ClearedJson.FirstJson;
import dev.laurel.web.challenges.ClearedJson.Lookup;
import dev.laurel.web.challenges.ClearedJson.LookupRequest;
import dev.laurel.web.challenges.ClearedJson.PlayerClearedJson;
import dev.laurel.web.json.JsonBodies;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.util.List;

/** What has been cleared of all challenges. */
@Path("/api/v1/challenges/cleared")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Challenges")
@RegisterForReflection(
        targets = {ClearedList.class, ClearedVariantJson.class, FirstJson.class},
        ignoreNested = false)
public class ClearedResource {
    private final ClearedReads reads;
    private final JsonBodies bodies;

    ClearedResource(ClearedReads reads, JsonBodies bodies) {
        this.reads = reads;
        this.bodies = bodies;
    }

    @GET
    @Operation(
            operationId = "listCleared",
            summary = "Every variant of every challenge, with how many players have cleared it and who did first",
            description = "While the board of a challenge is frozen: what was cleared before the freeze.")
    @APIResponse(
            responseCode = "200",
            description = "The variants, in the order of challenges and variants",
            content = @Content(schema = @Schema(implementation = ClearedList.class)))
    public Uni<byte[]> list() {
        return reads.variants(CurrentTenant.get()).map(found -> bodies.of(found, ClearedList::of));
    }

    @POST
    @Path("/lookup")
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(MaxBody.IDS)
    @Operation(
            operationId = "lookupCleared",
            summary = "What given players have cleared",
            description = "While the board of a challenge is frozen: what was cleared before the freeze.")
    @APIResponse(responseCode = "200", description = "The players who have cleared anything, and the others")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<Lookup> lookup(LookupRequest request) {
        LookupRequest asked = Parameters.body(request);
        return players(asked).map(players -> Lookup.of(asked, players));
    }

    private Uni<List<PlayerClearedJson>> players(LookupRequest asked) {
        return asked.withItems()
                ? reads.players(CurrentTenant.get(), asked.playerIds())
                        .map(found -> found.stream().map(PlayerClearedJson::of).toList())
                : reads.totals(CurrentTenant.get(), asked.playerIds())
                        .map(found -> found.stream().map(PlayerClearedJson::of).toList());
    }
}
