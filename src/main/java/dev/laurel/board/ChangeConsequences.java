package dev.laurel.board;

import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.Consequence;
import dev.laurel.shared.LaurelException.ConfirmationRequired;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a change of a definition would lose, so that it is never lost silently.
 *
 * <p>The following count as a loss, each only where the board holds data that it affects:
 *
 * <ul>
 *   <li>a shorter lateness that would close windows which still accept events, permanently;
 *   <li>dropping a period that has had events, or seasons: events no longer count in it. Its windows stay readable
 *       by name;
 *   <li>a shorter retention that would remove final rankings;
 *   <li>fewer days of positions, when there are earlier ones;
 *   <li>score bounds (minScore, maxScore, maxStep) that, on a board with events, accept what was refused so far,
 *       and bounds that refuse what was accepted.
 * </ul>
 */
final class ChangeConsequences {
    private static final int NAMED_WINDOWS = 10;

    /**
     * Windows that would be due under the new lateness ($2) but are not under the present one ($3), in milliseconds.
     */
    private static final String CLOSING = """
            select period, window_id, count(*) over () from board_window
            where board_id = $1 and state = 'OPEN' and end_at + $2 * interval '1 millisecond' <= $4
              and end_at + $3 * interval '1 millisecond' > $4
            order by end_at desc, period limit\s""" + NAMED_WINDOWS;

    private static final String HAD_WINDOWS =
            "select exists (select from board_window where board_id = $1 and period = $2)";

    /** Closed windows that the new retention ($2) would remove and the present one ($3, null for ever) would not. */
    private static final String REMOVED = """
            select count(*) from board_window
            where board_id = $1 and state = 'CLOSED' and expired_at is null
              and closed_at < $4::timestamptz - $2 * interval '1 millisecond'
              and ($3::bigint is null or closed_at >= $4::timestamptz - $3 * interval '1 millisecond')""";

    /** Days whose positions are kept and that lie more than so many days ($2) before the present. */
    private static final String POSITIONS = """
            select count(distinct day) from position_day
            where board_id = $1 and ($2 = 0 or taken_at < $3::timestamptz - $2 * interval '1 day')""";

    private final Statements statements;
    private final Board board;
    private final BoardDefinition now;
    private final BoardDefinition then;
    private final Instant instant;
    private final List<Consequence> found = new ArrayList<>();

    private ChangeConsequences(Statements statements, Board board, BoardDefinition then, Instant instant) {
        this.statements = statements;
        this.board = board;
        this.now = board.definition();
        this.then = then;
        this.instant = instant;
    }

    static void requireNone(List<Consequence> losses) {
        if (!losses.isEmpty()) {
            throw new ConfirmationRequired(losses);
        }
    }

    /**
     * What would be lost if a board got another definition.
     *
     * @param instant the present
     * @return empty when nothing would be lost
     */
    static Uni<List<Consequence>> of(
            Statements statements, Board board, BoardDefinition then, Instant instant, Bounds bounds) {
        ChangeConsequences all = new ChangeConsequences(statements, board, then, instant);
        return all.lateness()
                .chain(all::periods)
                .chain(all::retention)
                .chain(all::positions)
                .invoke(() -> all.bounds(bounds))
                .replaceWith(all.found);
    }

    private Uni<Void> lateness() {
        if (then.lateness().compareTo(now.lateness()) >= 0) {
            return Uni.createFrom().voidItem();
        }
        return statements
                .run(
                        CLOSING,
                        board.id(),
                        then.lateness().toMillis(),
                        now.lateness().toMillis(),
                        BoardRow.argument(instant))
                .invoke(this::closing)
                .replaceWithVoid();
    }

    private void closing(RowSet<Row> windows) {
        if (windows.size() == 0) {
            return;
        }
        long count = windows.iterator().next().getLong(2);
        String names = windows.stream()
                .map(row -> Period.ofCode(row.getShort(0)) + " " + row.getString(1))
                .collect(Collectors.joining(", "));
        add(
                "lateness",
                now.lateness(),
                then.lateness(),
                "permanently closes " + (count == 1 ? "a window" : count + " windows")
                        + " that would still accept events: " + names
                        + (count > windows.size() ? " and others" : ""));
    }

    private Uni<Void> periods() {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Period period : now.periods().stream().sorted().toList()) {
            if (!then.periods().contains(period)) {
                all = all.chain(() -> dropped(period));
            }
        }
        return all;
    }

    private Uni<Void> dropped(Period period) {
        Period held = period.isRolling() ? Period.DAILY : period;
        return statements
                .run(HAD_WINDOWS, board.id(), held.code())
                .invoke(rows -> {
                    boolean seasons =
                            period == Period.SEASON && !board.seasons().isEmpty();
                    if (rows.iterator().next().getBoolean(0) || seasons) {
                        add(
                                "periods",
                                period,
                                null,
                                period.isRolling()
                                        ? "the ranking of the last days is no longer available"
                                        : "events no longer count in this period, and its ranking is available by the"
                                                + " names of past windows only");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> retention() {
        Duration kept = then.retention();
        if (kept == null || now.retention() != null && kept.compareTo(now.retention()) >= 0) {
            return Uni.createFrom().voidItem();
        }
        return statements
                .run(
                        REMOVED,
                        board.id(),
                        kept.toMillis(),
                        now.retention() == null ? null : now.retention().toMillis(),
                        BoardRow.argument(instant))
                .map(rows -> rows.iterator().next().getLong(0))
                .invoke(windows -> {
                    if (windows > 0) {
                        add(
                                "retention",
                                now.retention(),
                                kept,
                                "removes the final rankings of "
                                        + (windows == 1 ? "a closed window" : windows + " closed windows"));
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> positions() {
        int kept = then.positionDays();
        if (kept >= now.positionDays()) {
            return Uni.createFrom().voidItem();
        }
        return statements
                .run(POSITIONS, board.id(), kept, BoardRow.argument(instant))
                .map(rows -> rows.iterator().next().getLong(0))
                .invoke(days -> {
                    if (days > 0) {
                        add(
                                "positionDays",
                                now.positionDays(),
                                kept,
                                "removes the positions at the end of " + (days == 1 ? "a day" : days + " days")
                                        + ", which cannot be read again");
                    }
                })
                .replaceWithVoid();
    }

    private void bounds(Bounds bounds) {
        if (!bounds.content().events()) {
            return;
        }
        bound("minScore", now.minScore(), then.minScore(), then.minScore() < now.minScore(), bounds);
        bound("maxScore", now.maxScore(), then.maxScore(), then.maxScore() > now.maxScore(), bounds);
        bound("maxStep", now.maxStep(), then.maxStep(), widerStep(), bounds);
    }

    private boolean widerStep() {
        return now.maxStep() != null && (then.maxStep() == null || then.maxStep() > now.maxStep());
    }

    private void bound(String field, Long before, Long after, boolean wider, Bounds bounds) {
        if (wider) {
            add(field, score(before), score(after), "accepts scores that have been refused so far");
        } else if (bounds.violated().contains(field)) {
            add(
                    field,
                    score(before),
                    score(after),
                    "refuses scores of a kind that has been accepted; scores accepted so far still count");
        }
    }

    private Number score(Long units) {
        return units == null ? null : Score.toNumber(units, now.decimals());
    }

    private void add(String field, Object from, Object to, String consequence) {
        found.add(new Consequence(
                field, from == null ? null : from.toString(), to == null ? null : to.toString(), consequence));
    }

    /**
     * How a board's events relate to the new score bounds.
     *
     * @param violated names of the bounds that accepted events violate
     */
    record Bounds(Board.Content content, List<String> violated) {}
}
