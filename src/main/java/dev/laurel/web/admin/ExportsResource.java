package dev.laurel.web.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.achievement.AchievementKey;
import dev.laurel.achievement.Achievements;
import dev.laurel.board.Boards;
import dev.laurel.challenge.ChallengeKey;
import dev.laurel.challenge.Challenges;
import dev.laurel.export.Item;
import dev.laurel.export.Listing;
import dev.laurel.export.Listings;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.player.Attributes;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;
import dev.laurel.web.export.ExportFile;
import dev.laurel.web.export.ExportFormat;
import dev.laurel.web.export.ExportSlots;
import dev.laurel.web.export.ExportTable;
import dev.laurel.web.export.FormatParameter;
import dev.laurel.web.export.Pieces;
import dev.laurel.web.export.RowWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;

import java.util.List;
import java.util.stream.Stream;

/** Everything that is stored of one kind, as files. */
@Path("/api/v1/admin/exports")
@RequiresScope(Scope.ADMIN)
@Tag(name = "Administration")
public class ExportsResource {
    private static final String RULES =
            "Neither a freeze nor a hidden record holds anything back. A few exports run at once; "
                    + "a client that reads nothing for half a minute is disconnected. Texts that a spreadsheet would take for a formula "
                    + "are prefixed with an apostrophe.";
    private static final String BUSY =
            "Too many exports are running, or PostgreSQL is unavailable; try again after Retry-After";

    private final Listings listings;
    private final Boards boards;
    private final Challenges challenges;
    private final Achievements achievements;
    private final ExportSlots slots;
    private final ObjectMapper mapper;

    ExportsResource(
            Listings listings,
            Boards boards,
            Challenges challenges,
            Achievements achievements,
            ExportSlots slots,
            ObjectMapper mapper) {
        this.listings = listings;
        this.boards = boards;
        this.challenges = challenges;
        this.achievements = achievements;
        this.slots = slots;
        this.mapper = mapper;
    }

    @GET
    @Path("/players")
    @Operation(
            operationId = "exportPlayers",
            summary = "All records of players as a stream, by id",
            description = "Lines of JSON have all attributes unless some are asked for. " + RULES)
    @APIResponse(
            responseCode = "200",
            description = "The players",
            content = {
                @Content(mediaType = ExportFormat.CSV_TYPE),
                @Content(mediaType = ExportFormat.NDJSON_TYPE),
                @Content(mediaType = ExportFormat.XLSX_TYPE)
            })
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = BUSY)
    public RestMulti<byte[]> players(
            @QueryParam("attributes")
                    @Parameter(
                            description = "A column for each of these attributes, separated by commas",
                            schema = @Schema(type = SchemaType.STRING, examples = "team,level"))
                    String attributes,
            @BeanParam FormatParameter format,
            @Context RoutingContext request) {
        ExportFormat wanted = format.format();
        List<String> names = attributes == null
                ? List.of()
                : Stream.of(attributes.split(",", -1)).distinct().toList();
        if (names.size() > Attributes.MAX || !names.stream().allMatch(Ids::isValid)) {
            throw new InvalidInput("attributes", "must be at most " + Attributes.MAX + " names separated by commas");
        }
        Tenant tenant = CurrentTenant.get();
        Uni<Listing> listing = Uni.createFrom().item(() -> listings.players(tenant, names));
        return export("players", listing, wanted, request);
    }

    @GET
    @Path("/boards/{board}/events")
    @Operation(
            operationId = "exportEvents",
            summary = "The events that clients have sent to a board, as a stream",
            description =
                    "By player, and those of a player as they were accepted; without withdrawn ones and corrections. "
                            + "A table can be imported into another board. Only lines of JSON have the attributes of events. "
                            + RULES)
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content = {
                @Content(mediaType = ExportFormat.CSV_TYPE),
                @Content(mediaType = ExportFormat.NDJSON_TYPE),
                @Content(mediaType = ExportFormat.XLSX_TYPE)
            })
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = BUSY)
    public RestMulti<byte[]> events(
            @RestPath String board, @BeanParam FormatParameter format, @Context RoutingContext request) {
        ExportFormat wanted = format.format();
        Ids.require("board", board);
        return export(board + "-events", boards.get(board).map(listings::events), wanted, request);
    }

    @GET
    @Path("/challenges/{challenge}/submissions")
    @Operation(
            operationId = "exportSubmissions",
            summary = "The submissions to a challenge as a stream, without their texts",
            description =
                    "By variant and player, and those of a player as they came; without withdrawn ones. Only lines of JSON "
                            + "have what was sent with them. " + RULES)
    @APIResponse(
            responseCode = "200",
            description = "The submissions",
            content = {
                @Content(mediaType = ExportFormat.CSV_TYPE),
                @Content(mediaType = ExportFormat.NDJSON_TYPE),
                @Content(mediaType = ExportFormat.XLSX_TYPE)
            })
    @APIResponse(responseCode = "404", description = "There is no such challenge")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = BUSY)
    public RestMulti<byte[]> submissions(
            @RestPath String challenge, @BeanParam FormatParameter format, @Context RoutingContext request) {
        ExportFormat wanted = format.format();
        Uni<Listing> listing =
                challenges.get(ChallengeKey.of(challenge)).map(found -> listings.submissions(found.number()));
        return export(challenge + "-submissions", listing, wanted, request);
    }

    @GET
    @Path("/achievements/{achievement}/awards")
    @Operation(
            operationId = "exportAwards",
            summary = "The awards of an achievement as a stream, by player",
            description = RULES)
    @APIResponse(
            responseCode = "200",
            description = "The awards",
            content = {
                @Content(mediaType = ExportFormat.CSV_TYPE),
                @Content(mediaType = ExportFormat.NDJSON_TYPE),
                @Content(mediaType = ExportFormat.XLSX_TYPE)
            })
    @APIResponse(responseCode = "404", description = "There is no such achievement")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = BUSY)
    public RestMulti<byte[]> awards(
            @RestPath String achievement, @BeanParam FormatParameter format, @Context RoutingContext request) {
        ExportFormat wanted = format.format();
        Uni<Listing> listing =
                achievements.get(AchievementKey.of(achievement)).map(found -> listings.awards(found.number()));
        return export(achievement + "-awards", listing, wanted, request);
    }

    private RestMulti<byte[]> export(String name, Uni<Listing> listing, ExportFormat format, RoutingContext request) {
        return ExportFile.response(listing.chain(found -> begin(name, found, format, slots.take(request))));
    }

    /** Reads the first piece before the response has a status: when it cannot be read, the status says so. */
    private Uni<ExportFile> begin(String name, Listing listing, ExportFormat format, ExportSlots.Slot slot) {
        ExportTable<Item> table =
                new ExportTable<>(listing.columns(), Item::cells, item -> item.object(listing.columns()));
        RowWriter<Item> writer = format.writer(table, mapper);
        return new Pieces<>(listing::next, listing::hasEnded)
                .through(slot, writer)
                .map(content -> ExportFile.of(name, format, content, writer));
    }
}
