package dev.laurel.web.rankings;

import dev.laurel.board.BoardName;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.shared.Period;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;

/** The parameters of every URL below a ranking: board and period, and their window, metric and segment. */
public class RankingAddress {
    @RestPath
    String board;

    @RestPath
    @Parameter(schema = @Schema(ref = "PeriodPath"))
    String period;

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

    @QueryParam("segment")
    @Parameter(
            description = "Rank only these players among each other: the members of a group (class:7b), the players "
                    + "with an attribute of this value (country:VN), or a player with the friends the player has "
                    + "listed (friends:alice); default: everyone",
            schema = @Schema(type = SchemaType.STRING))
    String segment;

    /** The query that it stands for. */
    public RankingQuery query() {
        return new RankingQuery(BoardName.of(board), Period.ofPath("period", period), window, metric, segment);
    }
}
