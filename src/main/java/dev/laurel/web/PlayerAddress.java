package dev.laurel.web;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;

/** The parameters of every URL for one player in a window, for all metrics. */
public class PlayerAddress {
    @RestPath
    public String board;

    @RestPath
    @Parameter(schema = @Schema(ref = "PeriodPath"))
    public String period;

    @RestPath
    @Parameter(schema = @Schema(ref = "PlayerId"))
    public String player;

    @QueryParam("window")
    @Parameter(
            description = "A past window, such as 2026-W47; default: the current one",
            schema = @Schema(type = SchemaType.STRING))
    public String window;
}
