package dev.laurel.web.rankings;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.ranking.RankingExport;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.ranking.movement.Movements;
import dev.laurel.ranking.movement.PreviousPlaces;
import dev.laurel.ranking.row.Rows;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.web.export.ExportFile;
import dev.laurel.web.export.ExportFormat;
import dev.laurel.web.export.ExportSlots;
import dev.laurel.web.export.FormatParameter;
import dev.laurel.web.export.RowWriter;
import dev.laurel.web.rankings.EntryDetailsReader.Wanted;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

import java.util.List;

/** Whole rankings as files. */
@Path("/api/v1/boards/{board}/rankings/{period}/export")
@RequiresScope(Scope.READ)
@Tag(name = "Rankings")
public class RankingExportResource {
    private final Rankings rankings;
    private final RankingExport export;
    private final EntryDetailsReader details;
    private final Movements movements;
    private final ExportSlots slots;
    private final ObjectMapper mapper;

    RankingExportResource(
            Rankings rankings,
            RankingExport export,
            EntryDetailsReader details,
            Movements movements,
            ExportSlots slots,
            ObjectMapper mapper) {
        this.rankings = rankings;
        this.export = export;
        this.details = details;
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
                            + "a client that reads nothing for half a minute is disconnected. Texts that a spreadsheet would take for a "
                            + "formula are prefixed with an apostrophe. A table can be imported again.")
    @APIResponse(
            responseCode = "200",
            description = "The ranking",
            content = {
                @Content(mediaType = ExportFormat.CSV_TYPE),
                @Content(mediaType = ExportFormat.NDJSON_TYPE),
                @Content(mediaType = ExportFormat.XLSX_TYPE)
            })
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
            @BeanParam FormatParameter format,
            @Context RoutingContext request) {
        RankingQuery query = address.query();
        Caller caller = CurrentCaller.get();
        ExportFormat wanted = format.format();
        EntryFields fields = new EntryFields(with.fields(), with.row(), with.tier(), since.days(query));
        return ExportFile.response(rankings.of(query)
                .chain(ranking -> begin(ranking, query, slots.take(request, caller), wanted, fields)));
    }

    /** Reads the first piece before the response has a status: when it cannot be read, the status says so. */
    private Uni<ExportFile> begin(
            RankingRef ranking, RankingQuery query, ExportSlots.Slot slot, ExportFormat format, EntryFields fields) {
        RowWriter<RankingJson.Entry> writer = format.writer(
                RankingColumns.of(fields, ranking.board().definition().metrics()), mapper);
        return slot.begin(export.begin(
                        ranking,
                        query,
                        piece -> slot.turn(piece.chain(entries -> entries(entries, ranking, query, fields))
                                .map(writer::rows))))
                .map(content -> ExportFile.of(name(ranking), format, content, writer));
    }

    /** A file says how players have moved only when it is asked for. */
    private Uni<List<RankingJson.Entry>> entries(
            List<Ranked> ranked, RankingRef ranking, RankingQuery query, EntryFields fields) {
        List<String> ids = ranked.stream().map(one -> one.standing().playerId()).toList();
        Uni<PreviousPlaces> before = fields.changeSince() == null
                ? Uni.createFrom().item(PreviousPlaces.NONE)
                : movements.of(ranking, ids, fields.changeSince());
        Wanted wanted = new Wanted(fields, query.window(), Rows.of(fields.row()));
        return before.chain(previous -> details.of(ranking, ids, wanted, previous))
                .map(found -> RankingJson.Entry.all(ranked, ranking, found));
    }

    private static String name(RankingRef ranking) {
        return ranking.board().name() + "-" + ranking.period().path() + "-"
                + ranking.window().id();
    }
}
