package dev.laurel.web.groups;

import dev.laurel.board.BoardName;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.shared.Period;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The optional parameters that select a ranking of a period. */
public class RankedWindow {
    @QueryParam("window")
    @Parameter(
            description = "A past window, such as 2026-W47; default: the current one",
            schema = @Schema(type = SchemaType.STRING))
    String window;

    @QueryParam("metric")
    @Parameter(
            description = "The metric to rank by; default: the board's first",
            schema = @Schema(type = SchemaType.STRING))
    String metric;

    RankingQuery query(String board, String period) {
        return new RankingQuery(BoardName.of(board), Period.ofPath("period", period), window, metric);
    }
}
