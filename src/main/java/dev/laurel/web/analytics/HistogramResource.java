package dev.laurel.web.analytics;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.analytics.Histograms;
import dev.laurel.analytics.Histograms.Histogram;
import dev.laurel.board.BoardName;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.shared.Ids;
import dev.laurel.shared.Period;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.WindowJson;
import dev.laurel.web.json.JsonBodies;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.time.Instant;
import java.util.List;

/** The distribution of scores. */
@Path("/api/v1/boards/{board}/rankings/{period}/histogram")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Analytics")
public class HistogramResource {
    private static final Bounds BUCKETS = new Bounds(1, Histograms.MAX_BUCKETS, 20);

    private final Histograms histograms;
    private final JsonBodies bodies;

    HistogramResource(Histograms histograms, JsonBodies bodies) {
        this.histograms = histograms;
        this.bodies = bodies;
    }

    @GET
    @Operation(
            operationId = "getHistogram",
            summary = "How the scores of a ranking are distributed",
            description =
                    "Buckets of equal width from the lowest score to the highest; fewer than asked for where scores are "
                            + "few. Cached up to 10 minutes.")
    @APIResponse(
            responseCode = "200",
            description = "The distribution",
            content = @Content(schema = @Schema(implementation = HistogramJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such board, period or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<byte[]> histogram(
            @RestPath String board,
            @RestPath @Parameter(schema = @Schema(ref = "PeriodPath")) String period,
            @QueryParam("window") String window,
            @QueryParam("metric") String metric,
            @QueryParam("buckets")
                    @Parameter(
                            description = "Maximum number of buckets",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    String buckets) {
        int number = (int) Parameters.number("buckets", buckets, BUCKETS);
        Ids.require("board", board);
        return histograms
                .of(new RankingQuery(BoardName.of(board), Period.ofPath("period", period), window, metric), number)
                .map(found -> bodies.of(found, HistogramJson::of));
    }

    /** The distribution of the scores of a ranking. */
    @Schema(name = "ScoreHistogram")
    public record HistogramJson(
            String board,
            Period period,
            WindowJson window,
            String metric,

            @Schema(description = "When this was computed; for a frozen board, the freeze")
            Instant asOf,

            long players,

            @Schema(description = "From the lowest score to the highest")
            List<BucketJson> buckets) {
        static HistogramJson of(Histogram found) {
            var definition = found.ranking().board().definition();
            Units units = new Units(definition);
            return new HistogramJson(
                    found.ranking().board().name(),
                    found.ranking().period(),
                    WindowJson.of(found.ranking().window()),
                    definition.metrics().get(found.ranking().metric()),
                    found.asOf(),
                    found.total(),
                    found.buckets().stream()
                            .map(bucket ->
                                    new BucketJson(units.of(bucket.from()), units.of(bucket.to()), bucket.players()))
                            .toList());
        }
    }

    /** Scores, both ends inclusive. */
    @Schema(name = "HistogramBucket")
    public record BucketJson(Number from, Number to, long players) {}
}
