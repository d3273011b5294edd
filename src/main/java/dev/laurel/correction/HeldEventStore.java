package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.correction.HeldEvent.Rule;
import dev.laurel.correction.HeldEvent.State;
import dev.laurel.correction.HeldEvent.Verdict;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Activity;
import dev.laurel.shared.Activity.Outcome;
import dev.laurel.shared.EventIds;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The held events in PostgreSQL, which the batches that they come with have written. */
@ApplicationScoped
class HeldEventStore {
    private static final String COLUMNS = """
            SELECT id, player_id, score, more, occurred_ms, received_at, event_id, attributes::text AS attributes, activity,
                tags, outcome, duration_ms, rule, state, decided_at, author, reason
            FROM held_event WHERE board_id = $1""";

    private static final String ONE = COLUMNS + " AND id = $2";

    // The index of what is pending holds little, whatever else has been decided on.
    private static final String PENDING = COLUMNS + " AND state = 'PENDING' ORDER BY id OFFSET $2 LIMIT $3";
    private static final String DECIDED = COLUMNS + " AND state = $4 ORDER BY id DESC OFFSET $2 LIMIT $3";
    private static final String COUNT_PENDING =
            "SELECT count(*) FROM held_event WHERE board_id = $1 AND state = 'PENDING'";
    private static final String COUNT_DECIDED = "SELECT count(*) FROM held_event WHERE board_id = $1 AND state = $2";

    private static final String REJECT = "SELECT reject_held_event($1, $2, $3, $4, $5)";

    /** Raised by {@code reject_held_event}. */
    private static final String COUNTS_ALREADY = "LB013";

    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;

    HeldEventStore(Sql sql, Pulse pulse, Clock clock) {
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
    }

    /** The held event with the given number; fails with {@link NotFound} when there is none. */
    Uni<HeldEvent> get(Board board, long id) {
        return sql.run(ONE, board.id(), id)
                .map(rows -> rows.size() == 0 ? null : event(rows.iterator().next()))
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("Board " + board.name() + " has no held event " + id));
    }

    /** The held events in a state: those that wait, the oldest first; those that were decided on, the newest first. */
    Uni<PageResult<HeldEvent>> list(Board board, State state, PageRequest page) {
        return pulse.whileAlive(total(board, state)
                .chain(total -> items(board, state, page).map(items -> new PageResult<>(items, total))));
    }

    private Uni<Long> total(Board board, State state) {
        return (state == State.PENDING
                        ? sql.run(COUNT_PENDING, board.id())
                        : sql.run(COUNT_DECIDED, board.id(), state.name()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<List<HeldEvent>> items(Board board, State state, PageRequest page) {
        return (state == State.PENDING
                        ? sql.run(PENDING, board.id(), page.offset(), (long) page.limit())
                        : sql.run(DECIDED, board.id(), page.offset(), (long) page.limit(), state.name()))
                .map(rows -> {
                    List<HeldEvent> found = new ArrayList<>(rows.size());
                    rows.forEach(row -> found.add(event(row)));
                    return found;
                });
    }

    /** Rejects an event, with an entry in the log; whether it was waiting for a decision; fails with {@link Conflict} when it counts. */
    Uni<Boolean> reject(Board board, long id, Decision decision) {
        return sql.run(
                        REJECT,
                        board.id(),
                        id,
                        decision.reason(),
                        decision.author(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .map(rows -> rows.size() > 0)
                .onFailure(failure -> failure instanceof PgException e && COUNTS_ALREADY.equals(e.getSqlState()))
                .transform(failure -> new Conflict("Event " + id
                        + " counts already, because it was sent again while the board had no such rule; accept it"));
    }

    private static HeldEvent event(Row row) {
        List<Long> scores = new ArrayList<>();
        scores.add(row.getLong("score"));
        Long[] more = row.getArrayOfLongs("more");
        // value, instant, value, instant
        for (int i = 0; more != null && i < more.length; i += 2) {
            scores.add(more[i]);
        }
        State state = State.valueOf(row.getString("state"));
        return new HeldEvent(
                row.getLong("id"),
                row.getString("player_id"),
                Collections.unmodifiableList(scores),
                Instant.ofEpochMilli(row.getLong("occurred_ms")),
                row.getOffsetDateTime("received_at").toInstant(),
                EventIds.shown(row.getString("event_id")),
                row.getString("attributes"),
                activity(row),
                Rule.valueOf(row.getString("rule")),
                state,
                state == State.PENDING
                        ? null
                        : new Verdict(
                                row.getOffsetDateTime("decided_at").toInstant(),
                                new Decision(row.getString("reason"), row.getString("author"))));
    }

    private static Activity activity(Row row) {
        String[] tags = row.getArrayOfStrings("tags");
        return new Activity(
                row.getString("activity"),
                tags == null ? List.of() : List.of(tags),
                Outcome.ofCode(row.getShort("outcome")),
                row.getLong("duration_ms"));
    }
}
