package dev.laurel.web.operations;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.warming.WarmingConfig;
import dev.laurel.warming.WarmingFigures;
import dev.laurel.warming.WarmingSchedule;
import dev.laurel.web.operations.WarmingJson.KindJson;
import dev.laurel.web.operations.WarmingJson.RunJson;
import dev.laurel.web.operations.WarmingJson.StateJson;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this process loads before it is read. */
@Path("/api/v1/admin/warming")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class WarmingResource {
    private final WarmingConfig config;
    private final WarmingSchedule schedule;
    private final WarmingFigures figures;

    WarmingResource(WarmingConfig config, WarmingSchedule schedule, WarmingFigures figures) {
        this.config = config;
        this.schedule = schedule;
        this.figures = figures;
    }

    @GET
    @NonBlocking
    @Operation(
            operationId = "getWarming",
            summary = "What this process loads before it is read, and whether that is of use",
            description =
                    "What is read is counted for each hour of the week, by all processes together; what is expected to be read "
                            + "is loaded before the hour, at the start, after imports, and before and after windows are closed. "
                            + "Figures are those of this process.")
    @APIResponse(responseCode = "200", description = "The figures, and the latest runs")
    public StateJson get() {
        return new StateJson(
                config.enabled(),
                schedule.quietHour(),
                schedule.nextForecast(),
                figures.counts().stream().map(KindJson::of).toList(),
                figures.runs().stream().map(RunJson::of).toList());
    }
}
