package dev.laurel.analytics;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.freeze.FreezeSnapshots;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports how busy a board has been, day by day. */
@ApplicationScoped
public class BoardActivity {
    /** Maximum number of days in one response. */
    public static final int MAX_DAYS = 366;

    private static final String DAYS =
            "SELECT day, events, players FROM board_day WHERE board_id = $1 AND day BETWEEN $2 AND $3";

    private static final String FROZEN_DAYS = """
            SELECT day, events, players FROM frozen_board_day
            WHERE board_id = $1 AND day BETWEEN $2 AND $3 AND freeze_no = $4""";

    private final Sql sql;
    private final Pulse pulse;
    private final FreezeSnapshots snapshots;

    BoardActivity(Sql sql, Pulse pulse, FreezeSnapshots snapshots) {
        this.sql = sql;
        this.pulse = pulse;
        this.snapshots = snapshots;
    }

    /**
     * The days in a range, both ends inclusive, in chronological order; for a frozen board as they were at the freeze.
     *
     * @param to not before from, and less than {@value #MAX_DAYS} days after it
     */
    public Uni<List<Day>> of(Board board, LocalDate from, LocalDate to) {
        return pulse.whileAlive(snapshots
                        .of(board)
                        .chain(seen -> seen.number() == 0
                                ? sql.run(DAYS, board.id(), from, to)
                                : sql.run(FROZEN_DAYS, board.id(), from, to, seen.number())))
                .map(rows -> days(rows, from, to));
    }

    private static List<Day> days(RowSet<Row> rows, LocalDate from, LocalDate to) {
        Map<LocalDate, Day> found = new HashMap<>();
        rows.forEach(
                row -> found.put(row.getLocalDate(0), new Day(row.getLocalDate(0), row.getLong(1), row.getLong(2))));
        List<Day> days = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            days.add(found.getOrDefault(day, new Day(day, 0, 0)));
        }
        return days;
    }

    /**
     * One day in the board's time zone.
     *
     * @param events that happened on it
     * @param players who had at least one of them
     */
    public record Day(LocalDate date, long events, long players) {}
}
