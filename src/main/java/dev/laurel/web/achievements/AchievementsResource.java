package dev.laurel.web.achievements;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.achievement.Achievements;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All achievements that are no secret. */
@Path("/api/v1/achievements")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements")
public class AchievementsResource {
    private final Achievements achievements;

    AchievementsResource(Achievements achievements) {
        this.achievements = achievements;
    }

    @GET
    @Operation(
            operationId = "listAchievements",
            summary = "All achievements except secret ones, ordered by id",
            description = "At most a second older than the last change.")
    @APIResponse(responseCode = "200", description = "A page of achievements")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<AchievementJson>> list(@BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return achievements
                .list(CurrentTenant.get(), wanted)
                .map(found -> PageJson.of(wanted, found, AchievementJson::of));
    }
}
