package dev.laurel.analytics.figures;

import dev.laurel.analytics.rollup.PlayerDay;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A player's values over time.
 *
 * @param points the buckets, in order; the last one contains today and is not over
 * @param slope of the buckets that are over
 * @param now value of all buckets together
 * @param before value of as many days before them
 */
public record Trend(List<Point> points, Slope slope, Double now, Double before) {
    /**
     * A bucket.
     *
     * @param value by the operator of the board; where scores are added up 0 without an event, and otherwise null
     * @param average of this value and those before it, as many as the window has; null where none of them has a value
     */
    public record Point(LocalDate from, LocalDate to, Double value, long events, Double average) {}

    /**
     * The trend up to today.
     *
     * @param days in order, also of the span before
     * @param window values of the moving average
     */
    public static Trend of(BoardDefinition board, List<PlayerDay> days, Bucket bucket, LocalDate today, int window) {
        LocalDate first = first(bucket, today);
        TreeMap<LocalDate, PlayerDay> byDate = new TreeMap<>();
        days.forEach(day -> byDate.put(day.date(), day));
        List<Point> points = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < bucket.count(); i++) {
            LocalDate from = bucket.plus(first, i);
            LocalDate to = bucket.plus(first, i + 1L).minusDays(1);
            List<PlayerDay> own =
                    List.copyOf(byDate.subMap(from, true, to, true).values());
            values.add(value(board, own));
            points.add(new Point(
                    from,
                    to,
                    values.get(i),
                    own.stream().mapToLong(PlayerDay::events).sum(),
                    average(values.subList(Math.max(0, i + 1 - window), i + 1))));
        }
        return new Trend(
                points,
                Slope.of(values.subList(0, values.size() - 1)),
                value(board, List.copyOf(byDate.subMap(first, true, today, true).values())),
                value(
                        board,
                        List.copyOf(byDate.subMap(before(first, today), true, first, false)
                                .values())));
    }

    private static LocalDate first(Bucket bucket, LocalDate today) {
        return bucket.plus(bucket.first(today), 1L - bucket.count());
    }

    /** The first day of the span before: as many days as there are until today. */
    private static LocalDate before(LocalDate first, LocalDate today) {
        return first.minusDays(today.toEpochDay() - first.toEpochDay() + 1);
    }

    /** The first day that a trend needs. */
    public static LocalDate earliest(Bucket bucket, LocalDate today) {
        return before(first(bucket, today), today);
    }

    private static Double average(List<Double> values) {
        var known = values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
        return known.isPresent() ? known.getAsDouble() : null;
    }

    /** The value of some days together, in units of the board. */
    public static Double value(BoardDefinition board, List<PlayerDay> days) {
        if (board.operator() == Operator.SUM) {
            return days.stream().mapToDouble(PlayerDay::sum).sum();
        }
        List<Long> values = days.stream()
                .map(day -> day.value(board))
                .filter(Objects::nonNull)
                .toList();
        if (values.isEmpty()) {
            return null;
        }
        Optional<Long> value = board.operator() == Operator.LATEST
                ? Optional.of(values.get(values.size() - 1))
                : values.stream()
                        .min((a, b) -> Long.compare(
                                board.order().sortKey(a), board.order().sortKey(b)));
        return value.map(Long::doubleValue).orElseThrow();
    }
}
