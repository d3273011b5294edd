package dev.laurel.archive;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Activity;
import dev.laurel.shared.Activity.Outcome;
import dev.laurel.shared.EventIds;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.read.KnownPlayers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events of a player on a board, as the ledger has them: what the player submitted, without corrections. */
@ApplicationScoped
public class PlayerEvents {
    /** Before the first page: above every number in the ledger. */
    public static final long NEWEST = Long.MAX_VALUE;

    /** $4 is the freeze, 0 for none: a frozen board shows the events that its snapshot sees. */
    private static final String LIST = """
            SELECT e.id, e.score, e.more, e.occurred_ms, e.received_at, e.event_id, e.activity, e.tags, e.outcome, e.duration_ms FROM score_event e
            LEFT JOIN frozen_board f ON f.board_id = $1 AND f.freeze_no = $4
            WHERE e.board_id = $1 AND e.player_id = $2 AND e.id < $3
              AND (e.event_id IS NULL OR e.event_id NOT LIKE '#%%')
              AND NOT EXISTS (SELECT FROM withdrawn_event v WHERE v.board_id = $1 AND v.event_id = e.event_id)
              AND NOT EXISTS (SELECT FROM unranked_player o
                              WHERE o.player_id = e.player_id AND o.tenant_id = e.tenant_id)
              AND ($4 = 0 OR is_in_picture(e.tx, e.received_at, f))
            %s ORDER BY e.id DESC LIMIT $5""";

    private static final String ALL = LIST.formatted("");

    /** $6 is an outcome. */
    private static final String WITH_OUTCOME = LIST.formatted("AND e.outcome = $6");

    private final Sql sql;
    private final Pulse pulse;
    private final FreezeSnapshots snapshots;
    private final KnownPlayers players;
    private final Clock clock;

    PlayerEvents(Sql sql, Pulse pulse, FreezeSnapshots snapshots, KnownPlayers players, Clock clock) {
        this.sql = sql;
        this.pulse = pulse;
        this.snapshots = snapshots;
        this.players = players;
        this.clock = clock;
    }

    /**
     * A player's events, newest first; for a frozen board, those accepted by the freeze.
     *
     * @param page which of them
     * @return at most as many as asked for; fails with {@link NotFound} when the player has never had an event there
     */
    public Uni<List<Event>> of(Board board, String playerId, Page page) {
        return shown(board, playerId, page)
                .call(found -> found.isEmpty()
                        ? players.require(board, playerId)
                        : Uni.createFrom().nullItem());
    }

    private Uni<List<Event>> shown(Board board, String playerId, Page page) {
        boolean live = !board.frozen(clock.instant());
        return pulse.whileAlive(snapshots.of(board).chain(snapshot -> read(board, playerId, page, snapshot.number())
                        .map(rows -> {
                            List<Event> events = new ArrayList<>(rows.size());
                            rows.forEach(row -> events.add(event(row)));
                            return events;
                        })))
                // A read that spans the instant of the freeze may have seen what came after it.
                .chain(found -> live && board.frozen(clock.instant())
                        ? shown(board, playerId, page)
                        : Uni.createFrom().item(found));
    }

    private Uni<RowSet<Row>> read(Board board, String playerId, Page page, int freeze) {
        long limit = page.limit();
        return page.outcome() == null
                ? sql.run(ALL, board.id(), playerId, page.before(), freeze, limit)
                : sql.run(
                        WITH_OUTCOME,
                        board.id(),
                        playerId,
                        page.before(),
                        freeze,
                        limit,
                        page.outcome().code());
    }

    private static Event event(Row row) {
        Long[] more = row.getArrayOfLongs(2);
        List<Long> scores = new ArrayList<>();
        scores.add(row.getLong(1));
        for (int i = 0; more != null && i < more.length; i += 2) {
            scores.add(more[i]);
        }
        return new Event(
                row.getLong(0),
                EventIds.shown(row.getString(5)),
                scores,
                Instant.ofEpochMilli(row.getLong(3)),
                row.getOffsetDateTime(4).toInstant(),
                activity(row));
    }

    private static Activity activity(Row row) {
        String[] tags = row.getArrayOfStrings(7);
        return new Activity(
                row.getString(6),
                tags == null ? List.of() : List.of(tags),
                Outcome.ofCode(row.getShort(8)),
                row.getLong(9));
    }

    /**
     * A part of a list of events.
     *
     * @param before number of the last event seen, or {@link #NEWEST}
     * @param limit maximum number of events
     * @param outcome of the events; null for all events
     */
    public record Page(long before, int limit, Outcome outcome) {}

    /**
     * An accepted event.
     *
     * @param number in the ledger
     * @param eventId null when the client chose none
     * @param scores in units of the board, one for each metric that the event had, the default first
     */
    public record Event(
            long number,
            String eventId,
            List<Long> scores,
            Instant occurredAt,
            Instant receivedAt,
            Activity activity) {}
}
