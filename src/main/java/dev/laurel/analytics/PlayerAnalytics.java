package dev.laurel.analytics;

import dev.laurel.analytics.figures.Bucket;
import dev.laurel.analytics.figures.Mastery;
import dev.laurel.analytics.figures.Trend;
import dev.laurel.analytics.rollup.ActivityDays;
import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.board.Board;
import dev.laurel.cache.Computed;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.read.KnownPlayers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What a player has done on a board: in total, over time, by topic, and among others. Read from figures of days, never from
 * the ledger; cached until the player does something.
 *
 * <p>Every method fails with {@link NotFound} when the player has never had an event on the board, or takes no rank.
 */
@ApplicationScoped
public class PlayerAnalytics {
    /** Maximum number of days in a range. */
    public static final int MAX_DAYS = 366;

    private final Summaries summaries;
    private final Comparisons comparisons;
    private final ActivityDays days;
    private final KnownPlayers players;
    private final Shown shown;
    private final Sql sql;
    private final AnalyticsCache cache;

    PlayerAnalytics(
            Summaries summaries,
            Comparisons comparisons,
            ActivityDays days,
            KnownPlayers players,
            Shown shown,
            Sql sql,
            AnalyticsCache cache) {
        this.summaries = summaries;
        this.comparisons = comparisons;
        this.days = days;
        this.players = players;
        this.shown = shown;
        this.sql = sql;
        this.cache = cache;
    }

    /** The present day of a board: of a frozen one, that of its freeze. */
    public LocalDate today(Board board) {
        return shown.today(board);
    }

    public Uni<Computed<Summary>> summary(Board board, String player, DayRange range) {
        return summary(board, player, range, () -> {});
    }

    /** Computes a summary if it is not cached; returns whether it was not. */
    Uni<Boolean> loadSummary(Board board, String player, DayRange range) {
        AtomicBoolean loaded = new AtomicBoolean();
        return summary(board, player, range, () -> loaded.set(true)).map(found -> loaded.get());
    }

    private Uni<Computed<Summary>> summary(Board board, String player, DayRange range, Runnable loading) {
        return cache.ofPlayer(
                board,
                player,
                // Today decides whether a streak goes on.
                List.of("summary", player, range, shown.today(board)),
                () -> {
                    loading.run();
                    return known(board, player, () -> summaries.of(board, player, range));
                });
    }

    /** @param window values of the moving average */
    public Uni<Computed<TrendAnswer>> trend(Board board, String player, Bucket bucket, int window) {
        LocalDate today = shown.today(board);
        DayRange range = new DayRange(Trend.earliest(bucket, today), today);
        return cache.ofPlayer(
                board,
                player,
                List.of("trend", player, bucket, window, today),
                () -> known(board, player, () -> days.of(sql::run, board.id(), player, range)
                        .map(found -> new TrendAnswer(
                                board,
                                shown.asOf(board),
                                bucket,
                                window,
                                Trend.of(board.definition(), found, bucket, today, window)))));
    }

    public Uni<Computed<MasteryAnswer>> mastery(Board board, String player) {
        LocalDate today = shown.today(board);
        return cache.ofPlayer(
                board,
                player,
                List.of("mastery", player, today),
                () -> known(
                        board, player, () -> days.tags(sql::run, board.id(), List.of(player), today, Mastery.HALF_LIFE)
                                .map(found -> new MasteryAnswer(
                                        board,
                                        shown.asOf(board),
                                        found.getOrDefault(player, List.of()).stream()
                                                .map(Mastery::of)
                                                .toList()))));
    }

    /** @param segment name of the segment to compare with */
    public Uni<Computed<Comparison>> comparison(Board board, String player, String segment, DayRange range) {
        return comparisons
                .members(board, segment)
                .chain(members -> cache.ofPlayer(
                        board,
                        player,
                        List.of("comparison", player, segment, members.version(), range),
                        () -> known(board, player, () -> comparisons.of(board, player, members, range))));
    }

    private <T> Uni<T> known(Board board, String player, Supplier<Uni<T>> read) {
        return players.require(board, player).chain(() -> shown.read(board, read));
    }

    /** A trend, and when it was computed. */
    public record TrendAnswer(Board board, Instant asOf, Bucket bucket, int window, Trend trend) {}

    /** What a player masters, by tag. */
    public record MasteryAnswer(Board board, Instant asOf, List<Mastery> tags) {}
}
