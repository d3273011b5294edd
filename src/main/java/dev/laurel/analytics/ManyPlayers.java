package dev.laurel.analytics;

import dev.laurel.analytics.figures.Mastery;
import dev.laurel.analytics.rollup.ActivityDays;
import dev.laurel.analytics.rollup.ActivityFigures;
import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.analytics.rollup.PlayerTotals;
import dev.laurel.analytics.rollup.Streak;
import dev.laurel.analytics.rollup.TagAttempts;
import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Figures of many players at once: one statement for each part, however many players. */
@ApplicationScoped
public class ManyPlayers {
    /** Maximum number of players in one question. */
    public static final int MAX_PLAYERS = 1_000;

    private final ActivityFigures figures;
    private final ActivityDays days;
    private final Comparisons comparisons;
    private final Shown shown;
    private final Sql sql;

    ManyPlayers(ActivityFigures figures, ActivityDays days, Comparisons comparisons, Shown shown, Sql sql) {
        this.figures = figures;
        this.days = days;
        this.comparisons = comparisons;
        this.shown = shown;
        this.sql = sql;
    }

    /**
     * Figures of players, in the order of the question; those who have done nothing, or take no rank, are missing.
     *
     * @param players distinct, at most {@value #MAX_PLAYERS}
     */
    public Uni<Answer> of(Board board, List<String> players, Set<Part> parts, DayRange range) {
        return shown.read(board, () -> comparisons
                        .ranked(board.tenant(), players)
                        .chain(ranked -> read(board, ranked, parts, range)))
                .map(found -> answer(board, players, range, found));
    }

    private Uni<Found> read(Board board, Collection<String> players, Set<Part> parts, DayRange range) {
        LocalDate today = shown.today(board);
        return Uni.combine()
                .all()
                .unis(
                        figures.totals(sql::run, board.id(), players),
                        parts.contains(Part.SUMMARY)
                                ? figures.between(sql::run, board.id(), players, range)
                                : Uni.createFrom().item((Map<String, PlayerTotals>) null),
                        parts.contains(Part.STREAK)
                                ? figures.streaks(sql::run, board.id(), players, today)
                                : Uni.createFrom().item((Map<String, Streak>) null),
                        parts.contains(Part.MASTERY)
                                ? days.tags(sql::run, board.id(), players, today, Mastery.HALF_LIFE)
                                : Uni.createFrom().item((Map<String, List<TagAttempts>>) null))
                .with(Found::new);
    }

    private Answer answer(Board board, List<String> players, DayRange range, Found found) {
        List<Entry> entries = players.stream()
                .filter(found.ever::containsKey)
                .map(player -> found.entry(player))
                .toList();
        List<String> missing = players.stream()
                .filter(player -> !found.ever.containsKey(player))
                .toList();
        return new Answer(board, shown.asOf(board), range, entries, missing);
    }

    /** A kind of figures. */
    public enum Part {
        SUMMARY,
        STREAK,
        MASTERY
    }

    /** Figures of players. */
    public record Answer(Board board, Instant asOf, DayRange days, List<Entry> entries, List<String> missing) {}

    /** Figures of a player; null for a part that was not asked for. */
    public record Entry(String playerId, PlayerTotals totals, Streak streak, List<Mastery> tags) {}

    private record Found(
            Map<String, PlayerTotals> ever,
            Map<String, PlayerTotals> totals,
            Map<String, Streak> streaks,
            Map<String, List<TagAttempts>> tags) {
        Entry entry(String player) {
            return new Entry(
                    player,
                    totals == null ? null : totals.getOrDefault(player, PlayerTotals.NONE),
                    streaks == null ? null : streaks.getOrDefault(player, Streak.NONE),
                    tags == null
                            ? null
                            : tags.getOrDefault(player, List.of()).stream()
                                    .map(Mastery::of)
                                    .toList());
        }
    }
}
