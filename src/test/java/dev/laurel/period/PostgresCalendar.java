package dev.laurel.period;

import dev.laurel.shared.Period;
import dev.laurel.shared.Window;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows as PostgreSQL's own date arithmetic has them, written without a look at the service's.
 *
 * <p>Local times are cut by {@code date_trunc} and carried back by {@code AT TIME ZONE}. A midnight that clocks skipped is
 * read by PostgreSQL with the offset before the change, which gives the very instant of the change: the first of that day,
 * as wanted. A midnight that comes twice it would read as the second one; no zone of {@link Zones#ALL} has any from 1970
 * on, so nothing is left out here.
 *
 * <p>Weeks that begin on another day than Monday are ISO weeks of shifted dates. Their number is not: it counts the
 * fourth days of weeks since New Year, because a week belongs to the year that has four of its days.
 */
record PostgresCalendar(Connection connection, String zone, DayOfWeek weekStart) {
    private static final String QUERY = """
            WITH asked AS (
                SELECT n, timestamptz 'epoch' + ms * interval '1 ms' AS at FROM unnest(?) WITH ORDINALITY AS a (ms, n)
            ), first AS (
                SELECT n, date_trunc(?, (at AT TIME ZONE ?) + ? * interval '1 day') - ? * interval '1 day' AS day
                FROM asked
            )
            SELECT %s AS id,
                (extract(epoch FROM day AT TIME ZONE ?) * 1000)::bigint AS starts,
                (extract(epoch FROM (day + ?::interval) AT TIME ZONE ?) * 1000)::bigint AS ends
            FROM first ORDER BY n
            """;
    private static final String ISO_WEEK = "to_char(day, 'IYYY-\"W\"IW')";
    private static final String OTHER_WEEK = "to_char(day + interval '3 days', 'YYYY') || '-W'"
            + " || lpad((1 + (extract(doy FROM day + interval '3 days')::int - 1) / 7)::text, 2, '0')";

    /** The windows that hold these instants, in their order. */
    List<Window> at(List<Instant> instants, Period period) throws SQLException {
        // Days by which a week that starts here lies before the ISO week of the same number.
        int shift = period == Period.WEEKLY ? (8 - weekStart.getValue()) % 7 : 0;
        Array milliseconds = connection.createArrayOf(
                "bigint", instants.stream().map(Instant::toEpochMilli).toArray());
        try (PreparedStatement query = connection.prepareStatement(QUERY.formatted(name(period)))) {
            query.setArray(1, milliseconds);
            query.setString(2, unit(period));
            query.setString(3, zone);
            query.setInt(4, shift);
            query.setInt(5, shift);
            query.setString(6, zone);
            query.setString(7, "1 " + unit(period));
            query.setString(8, zone);
            return windows(query, period);
        }
    }

    private static List<Window> windows(PreparedStatement query, Period period) throws SQLException {
        List<Window> windows = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                windows.add(new Window(
                        period,
                        rows.getString("id"),
                        Instant.ofEpochMilli(rows.getLong("starts")),
                        Instant.ofEpochMilli(rows.getLong("ends"))));
            }
        }
        return windows;
    }

    private static String unit(Period period) {
        return switch (period) {
            case DAILY -> "day";
            case WEEKLY -> "week";
            case MONTHLY -> "month";
            case YEARLY -> "year";
            case ALL_TIME, SEASON, LAST_7_DAYS, LAST_30_DAYS ->
                throw new IllegalArgumentException(period + " is not cut by the calendar");
        };
    }

    private String name(Period period) {
        return switch (period) {
            case DAILY -> "to_char(day, 'YYYY-MM-DD')";
            case WEEKLY -> weekStart == DayOfWeek.MONDAY ? ISO_WEEK : OTHER_WEEK;
            case MONTHLY -> "to_char(day, 'YYYY-MM')";
            case YEARLY -> "to_char(day, 'YYYY')";
            case ALL_TIME, SEASON, LAST_7_DAYS, LAST_30_DAYS ->
                throw new IllegalArgumentException(period + " is not cut by the calendar");
        };
    }
}
