package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import io.vertx.mutiny.sqlclient.Row;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Converts windows from and to PostgreSQL's rows. */
public final class WindowRows {
    private WindowRows() {}

    /** A window from a row of period, key, name, start, end and state. */
    public static WindowRef reference(Board board, Row row) {
        Period period = Period.ofCode(row.getShort(0));
        Window window = new Window(
                period, row.getString(2), instant(row.getOffsetDateTime(3)), instant(row.getOffsetDateTime(4)));
        return new WindowRef(
                board, window, row.getLong(1), row.getString(2), WindowState.valueOf(row.getString(5)), true);
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** An instant as the PostgreSQL client takes it; null stays null. */
    static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
