package dev.laurel.web.players;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.archive.PlayerTraces;
import dev.laurel.archive.PlayerTraces.Stored;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.Players;
import dev.laurel.web.export.ExportSlots;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that is known about a player. */
@Path("/api/v1/admin/players/{player}/export")
@RequiresScope(Scope.ADMIN)
@Tag(name = "Administration")
public class PlayerExportResource {
    private final Players players;
    private final PlayerTraces traces;
    private final ExportSlots slots;
    private final ObjectMapper mapper;

    PlayerExportResource(Players players, PlayerTraces traces, ExportSlots slots, ObjectMapper mapper) {
        this.players = players;
        this.traces = traces;
        this.slots = slots;
        this.mapper = mapper;
    }

    @GET
    @Operation(
            operationId = "exportPlayer",
            summary = "Everything that is known about a player, as a stream",
            description =
                    "The record; on each board the standings, final ranks, corrections, decisions and held submissions, and all events "
                            + "with what was sent with them; groups, awards, friends, and submissions to challenges with their texts. Neither a freeze nor a hidden record holds anything back. A few "
                            + "exports run at once; a client that reads nothing for half a minute is disconnected.")
    @APIResponse(
            responseCode = "200",
            description = "A JSON object; without boards if nothing is known",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(name = "PlayerExport", type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "422", description = "The id is not valid")
    @APIResponse(responseCode = "503", description = "Too many exports are running; try again after Retry-After")
    public RestMulti<byte[]> export(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player, @Context RoutingContext request) {
        Progress progress = new Progress(PlayerKey.of(player));
        ExportSlots.Slot slot = slots.take(request);
        return RestMulti.fromUniResponse(
                slot.begin(begin(progress, slot)),
                content -> content,
                content -> Map.of(HttpHeaders.CONTENT_TYPE, List.of(MediaType.APPLICATION_JSON)));
    }

    /** Reads the first piece before the response has a status: when it cannot be read, the status says so. */
    private Uni<Multi<byte[]>> begin(Progress progress, ExportSlots.Slot slot) {
        return slot.turn(head(progress)).map(first -> Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(bytes(first)),
                        Multi.createBy()
                                .repeating()
                                .uni(() -> slot.turn(Uni.createFrom().deferred(() -> next(progress))))
                                .whilst(piece -> !progress.ended)
                                .map(PlayerExportResource::bytes)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Uni<String> head(Progress progress) {
        PlayerKey key = progress.key;
        return players.known(key).chain(record -> traces.boards(key.tenant(), key.id())
                .invoke(progress.boards::addAll)
                .map(boards -> "{\"playerId\":" + json(key.id()) + ",\"record\":"
                        + json(record.map(PlayerJson::of).orElse(null)) + ",\"boards\":["));
    }

    private Uni<String> next(Progress progress) {
        if (progress.board != null) {
            return traces.events(progress.board, progress.key.id(), progress.after)
                    .map(progress::events);
        }
        PlayerKey key = progress.key;
        if (!progress.boards.isEmpty()) {
            return traces.onBoard(progress.boards.peek(), key.id()).map(progress::board);
        }
        return progress.submissions < 0
                ? traces.belongs(key.tenant(), key.id()).map(progress::belongs)
                : traces.submissions(key.tenant(), key.id(), progress.submissions)
                        .map(progress::submissions);
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How far an export has come: in the events of a board, between two boards, or in the submissions. */
    private static final class Progress {
        private final PlayerKey key;
        private final Deque<Integer> boards = new ArrayDeque<>();
        private Integer board;
        private boolean first = true;
        private long after;
        private long submissions = -1;
        private boolean ended;

        Progress(PlayerKey key) {
            this.key = key;
        }

        /** Opens the object of a board: its events are still to come. */
        String board(String json) {
            String text = (first ? "" : ",") + json.substring(0, json.lastIndexOf('}')) + ",\"events\":[";
            board = boards.poll();
            first = false;
            after = 0;
            return text;
        }

        /** Ends the list of boards, and opens the list of submissions. */
        String belongs(String json) {
            submissions = 0;
            return "]," + json.substring(json.indexOf('{') + 1, json.lastIndexOf('}')) + ",\"submissions\":[";
        }

        String submissions(List<String> page) {
            String separator = submissions > 0 && !page.isEmpty() ? "," : "";
            submissions += page.size();
            ended = page.size() < PlayerTraces.SUBMISSIONS;
            return separator + String.join(",", page) + (ended ? "]}" : "");
        }

        String events(List<Stored> page) {
            String text = page.stream().map(Stored::json).collect(Collectors.joining(","));
            String separator = after > 0 && !page.isEmpty() ? "," : "";
            if (page.size() < PlayerTraces.PAGE) {
                board = null;
                return separator + text + "]}";
            }
            after = page.get(page.size() - 1).number();
            return separator + text;
        }
    }
}
