package dev.laurel.league;

import dev.laurel.feed.Follower;
import dev.laurel.feed.source.AcceptedEvent;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Enters players into the leagues of a board with their first event in a window. An administrator's decision is no
 * activity of the player, and enters nobody.
 */
@ApplicationScoped
class LeagueEntries implements Follower<AcceptedEvent> {
    /** Nearly all boards have none: their events are read and passed over. */
    private static final String WITH_LEAGUES =
            "SELECT id FROM board WHERE id = ANY ($1) AND leagues IS NOT NULL AND deleted_at IS NULL";

    private static final String ENTER = "SELECT enter_leagues($1, $2, $3, $4, $5, $6)";

    private static final Duration BEFORE_IT_WAS_KNOWN = Duration.ofHours(1);

    private final Clock clock;

    LeagueEntries(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "league-entries";
    }

    @Override
    public Feed<AcceptedEvent> feed() {
        return Feed.EVENTS;
    }

    /** Before there was this follower there were no leagues; it is known some moments after a start. */
    @Override
    public Start start() {
        return Start.at(clock.instant().minus(BEFORE_IT_WAS_KNOWN));
    }

    @Override
    public Uni<Void> handle(List<AcceptedEvent> batch, Statements transaction) {
        Integer[] boards = batch.stream().map(AcceptedEvent::boardId).distinct().toArray(Integer[]::new);
        return transaction
                .run(WITH_LEAGUES, (Object) boards)
                .map(rows -> entering(batch, rows))
                .chain(events -> enter(events, transaction));
    }

    private static List<AcceptedEvent> entering(List<AcceptedEvent> batch, RowSet<Row> boards) {
        Set<Integer> withLeagues = new HashSet<>();
        boards.forEach(row -> withLeagues.add(row.getInteger(0)));
        return batch.stream()
                .filter(event -> !event.byHand() && withLeagues.contains(event.boardId()))
                .toList();
    }

    private static Uni<Void> enter(List<AcceptedEvent> events, Statements transaction) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .run(
                        ENTER,
                        events.stream().map(AcceptedEvent::boardId).toArray(Integer[]::new),
                        events.stream().map(AcceptedEvent::playerId).toArray(String[]::new),
                        events.stream()
                                .map(event -> event.occurredAt().toEpochMilli())
                                .toArray(Long[]::new),
                        events.stream().map(AcceptedEvent::number).toArray(Long[]::new),
                        events.stream()
                                .map(event -> Long.toString(event.transaction()))
                                .toArray(String[]::new),
                        events.stream()
                                .map(event -> event.receivedAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))
                .replaceWithVoid();
    }
}
