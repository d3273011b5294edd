package dev.laurel.web.boards;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.analytics.BoardActivity;
import dev.laurel.analytics.BoardActivity.Day;
import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.shared.LaurelException.InvalidInput;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The activity of a board. */
@Path("/api/v1/boards/{board}/activity")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Boards")
public class BoardActivityResource {
    private static final int DEFAULT_DAYS = 30;

    /** Days are limited to the years that a timestamp of the ledger can represent. */
    private static final int MAX_YEAR = 9999;

    private final Boards boards;
    private final BoardActivity activity;
    private final Clock clock;

    BoardActivityResource(Boards boards, BoardActivity activity, Clock clock) {
        this.boards = boards;
        this.activity = activity;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getBoardActivity",
            summary = "Events and players of a board, day by day",
            description =
                    "By days of the board's time zone, and by the instants at which events happened. Usually counted within "
                            + "a second or two, without manual corrections. For a frozen board, as of its freeze.")
    @APIResponse(responseCode = "200", description = "Every day of the range, the earliest first")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<ActivityJson> activity(
            @RestPath String board,
            @QueryParam("from")
                    @Parameter(
                            description = "First day; 29 days before the last when not given",
                            schema = @Schema(format = "date", examples = "2026-11-01"))
                    String from,
            @QueryParam("to")
                    @Parameter(
                            description = "Last day, at most 365 days after the first; today when not given",
                            schema = @Schema(format = "date", examples = "2026-11-28"))
                    String to) {
        LocalDate first = day("from", from);
        LocalDate last = day("to", to);
        return boards.get(board).chain(found -> days(found, first, last));
    }

    private Uni<ActivityJson> days(Board board, LocalDate first, LocalDate last) {
        LocalDate to = last != null ? last : today(board, first);
        LocalDate from = first == null ? to.minusDays(DEFAULT_DAYS - 1L) : first;
        if (from.isAfter(to)) {
            throw new InvalidInput("from", "must not be after the last day");
        }
        if (!from.plusDays(BoardActivity.MAX_DAYS).isAfter(to)) {
            throw new InvalidInput(
                    "to", "must be within " + (BoardActivity.MAX_DAYS - 1) + " days after the first day");
        }
        return activity.of(board, from, to)
                .map(days -> new ActivityJson(
                        board.name(),
                        board.definition().zone().getId(),
                        days.stream().map(DayJson::of).toList()));
    }

    /** A range that begins after today ends where it begins. */
    private LocalDate today(Board board, LocalDate first) {
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), board.definition().zone());
        return first != null && first.isAfter(today) ? first : today;
    }

    private static LocalDate day(String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() > 0 && day.getYear() <= MAX_YEAR) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // falls through: text that is not a date and a day that cannot exist are reported alike
        }
        throw new InvalidInput(name, "must be a day such as 2026-11-28");
    }

    /** The activity of a board, day by day. */
    @Schema(name = "BoardActivity")
    public record ActivityJson(
            String board,

            @Schema(description = "The zone by which days begin", examples = "Europe/Berlin")
            String zone,

            List<DayJson> days) {}

    /** The activity of one day. */
    @Schema(name = "BoardDay")
    public record DayJson(
            @Schema(format = "date", examples = "2026-11-28")
            String day,

            @Schema(description = "Accepted events that happened on it")
            long events,

            @Schema(description = "Players who had at least one of them")
            long players) {
        static DayJson of(Day day) {
            return new DayJson(day.date().toString(), day.events(), day.players());
        }
    }
}
