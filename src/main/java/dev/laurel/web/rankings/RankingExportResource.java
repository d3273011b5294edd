package dev.laurel.web.rankings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.ranking.RankingExport;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.ranking.ShownPlayers;
import dev.laurel.ranking.movement.Movements;
import dev.laurel.ranking.movement.PreviousPlaces;
import dev.laurel.ranking.row.Rows;
import dev.laurel.ranking.row.ShownRows;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whole rankings as files. */
@Path("/api/v1/boards/{board}/rankings/{period}/export")
@Tag(name = "Rankings")
public class RankingExportResource {
    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final String LINE_END = "\r\n";

    private final Rankings rankings;
    private final RankingExport export;
    private final ShownPlayers players;
    private final ShownRows rows;
    private final Movements movements;
    private final ExportSlots slots;
    private final ObjectMapper mapper;

    RankingExportResource(
            Rankings rankings,
            RankingExport export,
            ShownPlayers players,
            ShownRows rows,
            Movements movements,
            ExportSlots slots,
            ObjectMapper mapper) {
        this.rankings = rankings;
        this.export = export;
        this.players = players;
        this.rows = rows;
        this.movements = movements;
        this.slots = slots;
        this.mapper = mapper;
    }

    @GET
    @Operation(
            operationId = "exportRanking",
            summary = "A whole ranking as a stream, in ranking order",
            description =
                    "For a closed window, a frozen board or a segment it is exact. For an open window each chunk of 250 is read separately, "
                            + "so a player who moves meanwhile may appear twice, or not at all. A few exports run at once; "
                            + "a client that reads nothing for half a minute is disconnected.")
    @APIResponse(
            responseCode = "200",
            description = "The ranking",
            content = {@Content(mediaType = CSV), @Content(mediaType = NDJSON)})
    @APIResponse(responseCode = "404", description = "There is no such board, period or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "Too many exports are running, or the ranking cannot be read at the moment; try again after "
                    + "Retry-After")
    public RestMulti<byte[]> export(
            @BeanParam RankingAddress address,
            @BeanParam WithPlayer with,
            @BeanParam ChangeSince since,
            @QueryParam("format")
                    @Parameter(
                            schema =
                                    @Schema(
                                            enumeration = {"csv", "ndjson"},
                                            defaultValue = "csv"))
                    String format,
            @Context RoutingContext request) {
        RankingQuery query = address.query();
        boolean csv = format == null || "csv".equals(format);
        if (!csv && !"ndjson".equals(format)) {
            throw new InvalidInput("format", "must be csv or ndjson");
        }
        EntryFields fields = new EntryFields(with.fields(), with.row(), since.days(query));
        return RestMulti.fromUniResponse(
                rankings.of(query).chain(ranking -> begin(ranking, query, slots.take(request), csv, fields)),
                Begun::content,
                begun -> Map.of(
                        HttpHeaders.CONTENT_TYPE, List.of(csv ? CSV + ";charset=UTF-8" : NDJSON),
                        HttpHeaders.CONTENT_DISPOSITION, List.of(disposition(begun.ranking(), csv))));
    }

    /** Reads the first piece before the response has a status: when it cannot be read, the status says so. */
    private Uni<Begun> begin(
            RankingRef ranking, RankingQuery query, ExportSlots.Slot slot, boolean csv, EntryFields fields) {
        Function<List<RankingJson.Entry>, byte[]> lines = csv
                ? new CsvLines(fields, ranking.board().definition().metrics())::next
                : entries -> bytes(ndjson(entries));
        return slot.begin(export.begin(
                        ranking,
                        query,
                        piece -> slot.turn(piece.chain(entries -> entries(entries, ranking, query, fields))
                                .map(lines))))
                .map(content -> new Begun(ranking, content));
    }

    /** A file says how players have moved only when it is asked for. */
    private Uni<List<RankingJson.Entry>> entries(
            List<Ranked> ranked, RankingRef ranking, RankingQuery query, EntryFields fields) {
        List<String> ids = ranked.stream().map(one -> one.standing().playerId()).toList();
        Uni<PreviousPlaces> before = fields.changeSince() == null
                ? Uni.createFrom().item(PreviousPlaces.NONE)
                : movements.of(ranking, ids, fields.changeSince());
        return before.chain(previous -> players.of(ranking, ids, fields.players())
                .chain(shown -> rows.of(ranking, query.window(), ids, Rows.of(fields.row()))
                        .map(own -> RankingJson.Entry.all(ranked, ranking, new EntryDetails(previous, shown, own)))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String disposition(RankingRef ranking, boolean csv) {
        String name = ranking.board().name() + "-" + ranking.period().path() + "-"
                + ranking.window().id();
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + (csv ? ".csv\"" : ".ndjson\"");
    }

    private String ndjson(List<RankingJson.Entry> entries) {
        return entries.stream().map(this::json).collect(Collectors.joining());
    }

    private String json(RankingJson.Entry entry) {
        try {
            return mapper.writeValueAsString(entry) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An export whose first piece has been read. */
    private record Begun(RankingRef ranking, Multi<byte[]> content) {}
}
