package dev.laurel.analytics;

import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Tenant;
import dev.laurel.warming.ViewCounter;
import dev.laurel.warming.Views;
import dev.laurel.warming.Warmable;
import dev.laurel.warming.forecast.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** Counts whose summaries are read, and computes them before they are read again. */
@ApplicationScoped
public class SummaryWarming implements Warmable {
    private static final String KIND = "analytics";
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 3;

    private final Boards boards;
    private final PlayerAnalytics analytics;
    private final AnalyticsConfig config;
    private final ViewCounter<Seen> views;

    SummaryWarming(Boards boards, PlayerAnalytics analytics, AnalyticsConfig config, Views views) {
        this.boards = boards;
        this.analytics = analytics;
        this.config = config;
        this.views = views.counter(Seen::view);
    }

    /** Notes that the summary of a player was read. A range that ends on another day than today is nobody's habit. */
    public void seen(Board board, String player, DayRange range) {
        if (range.to().equals(analytics.today(board))) {
            views.seen(new Seen(new BoardName(board.tenant(), board.name()), player, range.length()));
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reach reach() {
        return Reach.PROCESS;
    }

    @Override
    public Duration keptFor() {
        return config.cachedFor();
    }

    @Override
    public Uni<List<String>> load(Tenant tenant, List<String> subjects) {
        return Multi.createFrom()
                .iterable(subjects)
                .onItem()
                .transformToUniAndConcatenate(subject -> load(Seen.of(tenant, subject))
                        .map(loaded -> loaded ? subject : "")
                        // The board, or the player on it, is gone.
                        .onFailure(NotFound.class)
                        .recoverWithItem(""))
                .select()
                .where(subject -> !subject.isEmpty())
                .collect()
                .asList();
    }

    private Uni<Boolean> load(Seen seen) {
        return boards.get(seen.board).chain(board -> {
            LocalDate today = analytics.today(board);
            return analytics.loadSummary(board, seen.player, new DayRange(today.minusDays(seen.days - 1), today));
        });
    }

    /** @param days up to today */
    private record Seen(BoardName board, String player, long days) {
        static Seen of(Tenant tenant, String subject) {
            String[] parts = subject.split(SEPARATOR, PARTS);
            return new Seen(new BoardName(tenant, parts[0]), parts[2], Long.parseLong(parts[1]));
        }

        View view() {
            return new View(
                    KIND, board.tenant(), String.join(SEPARATOR, board.name(), Long.toString(days), player), player);
        }
    }
}
