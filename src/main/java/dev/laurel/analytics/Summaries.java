package dev.laurel.analytics;

import dev.laurel.analytics.Summary.History;
import dev.laurel.analytics.figures.Consistency;
import dev.laurel.analytics.figures.Trend;
import dev.laurel.analytics.rollup.ActivityDays;
import dev.laurel.analytics.rollup.ActivityFigures;
import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.analytics.rollup.Outcomes;
import dev.laurel.analytics.rollup.PlayerDay;
import dev.laurel.analytics.rollup.Streak;
import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.SortOrder;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** Sums up what a player has done on a board. */
@ApplicationScoped
class Summaries {
    private final ActivityDays days;
    private final ActivityFigures figures;
    private final Places places;
    private final Shown shown;
    private final Sql sql;

    Summaries(ActivityDays days, ActivityFigures figures, Places places, Shown shown, Sql sql) {
        this.days = days;
        this.figures = figures;
        this.places = places;
        this.shown = shown;
        this.sql = sql;
    }

    Uni<Summary> of(Board board, String player, DayRange range) {
        LocalDate today = shown.today(board);
        return Uni.combine()
                .all()
                .unis(
                        days.of(sql::run, board.id(), player, range),
                        figures.streaks(sql::run, board.id(), List.of(player), today),
                        places.now(board, player),
                        places.history(board, player))
                .with((own, streaks, place, history) -> summary(
                        new Read(board, range, own), streaks.getOrDefault(player, Streak.NONE), place, history));
    }

    private Summary summary(Read read, Streak streak, Summary.Place place, History history) {
        BoardDefinition definition = read.board.definition();
        List<PlayerDay> active = read.days.stream().filter(PlayerDay::isActive).toList();
        long total = read.days.stream().mapToLong(PlayerDay::sum).sum();
        return new Summary(
                read.board,
                shown.asOf(read.board),
                read.range,
                total,
                active.stream().mapToLong(PlayerDay::events).sum(),
                active.size(),
                active.isEmpty() ? null : (double) total / active.size(),
                active.stream().min(bestFirst(definition)).orElse(null),
                Consistency.of(
                        read.range.length(),
                        active.stream()
                                .map(day -> Trend.value(definition, List.of(day)))
                                .toList()),
                outcomes(read.days),
                streak,
                place,
                history);
    }

    /** Of equal days the earlier. */
    private static Comparator<PlayerDay> bestFirst(BoardDefinition definition) {
        SortOrder order = definition.order();
        return Comparator.comparingLong((PlayerDay day) -> order.sortKey(day.value(definition)))
                .thenComparing(PlayerDay::date);
    }

    private static Outcomes outcomes(List<PlayerDay> days) {
        return days.stream()
                .map(PlayerDay::outcomes)
                .reduce(
                        Outcomes.NONE,
                        (a, b) -> new Outcomes(
                                a.attempts() + b.attempts(),
                                a.completed() + b.completed(),
                                a.partial() + b.partial(),
                                a.durationMs() + b.durationMs()));
    }

    private record Read(Board board, DayRange range, List<PlayerDay> days) {}
}
