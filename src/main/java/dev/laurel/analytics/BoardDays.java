package dev.laurel.analytics;

import dev.laurel.feed.Follower;
import dev.laurel.feed.source.AcceptedEvent;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the events and the players of each day of a board, in the board's time zone. Administrators' events are not
 * player activity, and are not counted.
 *
 * <p>The public of a frozen board has separate figures: those at the moment of the snapshot, plus whatever the snapshot
 * contains that had not been counted by then.
 */
@ApplicationScoped
class BoardDays implements Follower<AcceptedEvent> {
    /** A snapshot that has begun but is not taken yet would miss what is counted now. */
    private static final String BOARDS = """
            SELECT b.id, b.zone, EXISTS (
                SELECT FROM board_freeze z WHERE z.board_id = b.id AND z.freeze_no = b.freeze_no AND b.freeze_at IS NOT NULL
                  AND NOT EXISTS (SELECT FROM frozen_board p WHERE p.board_id = z.board_id AND p.freeze_no = z.freeze_no))
            FROM board b WHERE b.id = ANY($1) AND b.deleted_at IS NULL""";

    private static final String COUNT = """
            WITH e AS MATERIALIZED (
                SELECT * FROM unnest($1::integer[], $2::date[], $3::text[], $4::text[], $5::timestamptz[])
                    AS t(board_id, day, player_id, tx, received)),
            fresh AS (
                INSERT INTO board_day_player (board_id, day, player_id)
                SELECT DISTINCT e.board_id, e.day, e.player_id FROM e ORDER BY 1, 2, 3
                ON CONFLICT DO NOTHING RETURNING board_id, day, player_id),
            counted AS (
                INSERT INTO board_day AS d (board_id, day, events, players)
                SELECT e.board_id, e.day, count(*),
                    (SELECT count(*) FROM fresh f WHERE f.board_id = e.board_id AND f.day = e.day)
                FROM e GROUP BY e.board_id, e.day ORDER BY 1, 2
                ON CONFLICT (board_id, day) DO UPDATE SET
                    events = d.events + excluded.events, players = d.players + excluded.players),
            pictured AS MATERIALIZED (
                SELECT e.board_id, p.freeze_no, e.day, e.player_id FROM e JOIN frozen_board p ON p.board_id = e.board_id
                WHERE is_in_picture(e.tx::xid8, e.received, p))
            INSERT INTO frozen_board_day AS d (board_id, freeze_no, day, events, players)
            SELECT q.board_id, q.freeze_no, q.day, count(*),
                (SELECT count(*) FROM fresh f WHERE f.board_id = q.board_id AND f.day = q.day AND EXISTS (
                    SELECT FROM pictured s WHERE s.board_id = f.board_id AND s.freeze_no = q.freeze_no AND s.day = f.day
                      AND s.player_id = f.player_id))
            FROM pictured q GROUP BY q.board_id, q.freeze_no, q.day ORDER BY 1, 2, 3
            ON CONFLICT (board_id, freeze_no, day) DO UPDATE SET
                events = d.events + excluded.events, players = d.players + excluded.players""";

    @Override
    public String name() {
        return "board-days";
    }

    @Override
    public Feed<AcceptedEvent> feed() {
        return Feed.EVENTS;
    }

    /** Events accepted before this follower existed count, too. */
    @Override
    public Start start() {
        return Start.BEGINNING;
    }

    @Override
    public Uni<Void> handle(List<AcceptedEvent> batch, Statements transaction) {
        Integer[] boards = batch.stream().map(AcceptedEvent::boardId).distinct().toArray(Integer[]::new);
        return transaction
                .run(BOARDS, (Object) boards)
                .map(BoardDays::zones)
                .chain(zones -> count(counted(batch, zones), zones, transaction));
    }

    private static Map<Integer, ZoneId> zones(RowSet<Row> rows) {
        Map<Integer, ZoneId> zones = new HashMap<>();
        for (Row row : rows) {
            if (row.getBoolean(2)) {
                throw Unavailable.overloaded("A snapshot of board " + row.getInteger(0) + " is being taken");
            }
            zones.put(row.getInteger(0), ZoneId.of(row.getString(1)));
        }
        return zones;
    }

    private static List<AcceptedEvent> counted(List<AcceptedEvent> batch, Map<Integer, ZoneId> zones) {
        return batch.stream()
                .filter(event -> !event.byHand() && zones.containsKey(event.boardId()))
                .toList();
    }

    private static Uni<Void> count(List<AcceptedEvent> events, Map<Integer, ZoneId> zones, Statements transaction) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .run(
                        COUNT,
                        events.stream().map(AcceptedEvent::boardId).toArray(Integer[]::new),
                        events.stream()
                                .map(event -> LocalDate.ofInstant(event.occurredAt(), zones.get(event.boardId())))
                                .toArray(LocalDate[]::new),
                        events.stream().map(AcceptedEvent::playerId).toArray(String[]::new),
                        events.stream()
                                .map(event -> Long.toString(event.transaction()))
                                .toArray(String[]::new),
                        events.stream()
                                .map(event -> event.receivedAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))
                .replaceWithVoid();
    }
}
