package dev.laurel.standings.load;

import dev.laurel.board.Board;
import dev.laurel.board.PeriodsAdded;
import dev.laurel.board.Season;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.window.WindowCalendars;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Fills windows of periods that were added to a board later, from the ledger: the current window and those still open
 * to late events in the background ({@link FillJob}), others on request.
 */
@ApplicationScoped
public class PeriodFills implements PeriodsAdded {
    /** Maximum number of windows of a period filled when it is added, newest first. */
    private static final int MAX_WINDOWS = 400;

    private static final String HAS_EVENTS = "SELECT EXISTS (SELECT FROM standing WHERE board_id = $1)";

    /** Not one that was archived while the board lacked the period: events of it are missing. */
    private static final String HAS_WINDOW = """
            SELECT state <> 'CLOSED' OR last_event IS NULL OR expired_at IS NOT NULL FROM board_window
            WHERE board_id = $1 AND period = $2 AND window_key BETWEEN $3 AND $3 + 1023
            ORDER BY window_key DESC LIMIT 1""";

    private static final String BEGIN = "SELECT begin_fill($1, $2, $3, $4, $5, $6, $7)";
    private static final String BEGIN_SEASON = "SELECT begin_season_fill($1, $2, $3, $4, $5, $6, $7)";
    private static final String PAST = "SELECT fill_past_window($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private final Sql sql;
    private final WindowCalendars calendars;
    private final FilledWindows filled;
    private final Duration maxFuture;
    private final Clock clock;

    PeriodFills(
            Sql sql,
            WindowCalendars calendars,
            FilledWindows filled,
            @ConfigProperty(name = "laurel.score.max-future", defaultValue = "5s") Duration maxFuture,
            Clock clock) {
        this.sql = sql;
        this.calendars = calendars;
        this.filled = filled;
        this.maxFuture = maxFuture;
        this.clock = clock;
    }

    @Override
    public Uni<Void> added(Statements transaction, Board board, Set<Period> added) {
        List<Window> wanted = new ArrayList<>();
        added.stream()
                .filter(period -> !period.isRolling())
                .forEach(period -> wanted.addAll(unfinished(board, period)));
        if (wanted.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return whereEvents(transaction, board, added, () -> begin(transaction, board, wanted));
    }

    /** A period that was dropped while it was being filled is not added again before that has ended. */
    private static Uni<Void> whereEvents(
            Statements transaction, Board board, Set<Period> filled, Supplier<Uni<Void>> work) {
        if (board.filling().stream().anyMatch(filled::contains)) {
            board.requireFilled();
        }
        return transaction
                .run(HAS_EVENTS, board.id())
                .map(rows -> rows.iterator().next().getBoolean(0))
                .chain(hasEvents -> hasEvents ? work.get() : Uni.createFrom().voidItem());
    }

    @Override
    public Uni<Void> seasonsChanged(Statements transaction, Board before, Board after) {
        if (!after.definition().periods().contains(Period.SEASON)) {
            return Uni.createFrom().voidItem();
        }
        List<Season> lacking = after.seasons().stream()
                .filter(season -> mayLackEvents(before, after, season))
                .toList();
        return lacking.isEmpty()
                ? Uni.createFrom().voidItem()
                : whereEvents(transaction, after, Set.of(Period.SEASON), () -> Multi.createFrom()
                        .iterable(lacking)
                        .onItem()
                        .transformToUniAndConcatenate(season -> begin(transaction, before, season))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    /** Whether events may have been accepted for a part of a season that it did not have before. */
    private boolean mayLackEvents(Board before, Board after, Season season) {
        Instant now = clock.instant();
        Season old = before.season(season.id()).orElse(null);
        Instant from = old == null || season.start().isBefore(old.start())
                ? season.start()
                : season.end().isAfter(old.end()) ? old.end() : null;
        return from != null && !from.isAfter(now.plus(maxFuture)) && isUnfinished(after, season.window(), now);
    }

    private Uni<Void> begin(Statements transaction, Board before, Season season) {
        Window window = season.window();
        return transaction
                .run(
                        BEGIN_SEASON,
                        before.id(),
                        window.firstKey(),
                        window.id(),
                        utc(window.start()),
                        utc(window.end()),
                        utc(before.season(season.id()).map(Season::end).orElse(null)),
                        utc(clock.instant()))
                .replaceWithVoid();
    }

    private Uni<Void> begin(Statements transaction, Board board, List<Window> wanted) {
        return Multi.createFrom()
                .iterable(wanted)
                .onItem()
                .transformToUniAndConcatenate(window -> transaction.run(
                        BEGIN,
                        board.id(),
                        window.period().code(),
                        window.firstKey(),
                        window.id(),
                        utc(window.start()),
                        utc(window.end()),
                        utc(clock.instant())))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The current window and the earlier ones that may still receive events or are part of a rolling one. */
    private List<Window> unfinished(Board board, Period period) {
        Instant now = clock.instant();
        List<Window> found = new ArrayList<>();
        Optional<Window> next = Optional.ofNullable(calendars.at(board, period, now));
        while (next.isPresent()
                && found.size() < MAX_WINDOWS
                && (isUnfinished(board, next.get(), now)
                        || period == Period.DAILY && found.size() < longestRolling(board))) {
            found.add(next.get());
            next = calendars.before(board, next.get());
        }
        return found;
    }

    private static boolean isUnfinished(Board board, Window window, Instant now) {
        return window.end() == null
                || window.end().plus(board.definition().lateness()).isAfter(now);
    }

    private static int longestRolling(Board board) {
        return board.definition().periods().stream()
                .mapToInt(Period::days)
                .max()
                .orElse(0);
    }

    /**
     * Fills a window of the past that the board never had, or archived while it lacked the period, and archives it.
     *
     * @param windowId without a generation
     * @return the number of ranked players; fails with {@link NotFound} when the ledger has no event in it, with
     *     {@link Conflict} when the board already has the window or the window is not over
     */
    public Uni<Long> fillPast(Board board, Period period, String windowId, String reason, String author) {
        if (!board.definition().periods().contains(period)) {
            throw new NotFound("Board " + board.name() + " has no " + period.path() + " ranking");
        }
        Window window = WindowCalendars.named(board, period, "window", windowId);
        if (isUnfinished(board, window, clock.instant())) {
            throw new Conflict("Window " + window.id() + " is not over; it counts events as they come");
        }
        return has(board, window)
                .invoke(known -> {
                    if (known) {
                        throw new Conflict("Board " + board.name() + " has window " + window.id());
                    }
                })
                .chain(() -> fillPast(board, window, reason, author))
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("The ledger has no event of window " + window.id()))
                .call(() -> filled.show(board, period, windowId));
    }

    private Uni<Boolean> has(Board board, Window window) {
        return sql.run(HAS_WINDOW, board.id(), window.period().code(), window.firstKey())
                .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean(0));
    }

    private Uni<Long> fillPast(Board board, Window window, String reason, String author) {
        return sql.runForJob(
                        PAST,
                        board.id(),
                        window.period().code(),
                        window.firstKey(),
                        window.id(),
                        utc(window.start()),
                        utc(window.end()),
                        utc(clock.instant()),
                        reason,
                        author)
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
