package dev.laurel.analytics.rollup;

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

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Counts what players do by days of their boards, in total and by tag. What a player submits is added to the figures; after
 * an administrator's decision, the player's figures are counted again from the ledger.
 *
 * <p>What has happened on a frozen board since its snapshot waits until the board is revealed.
 */
@ApplicationScoped
class ActivityFollower implements Follower<AcceptedEvent> {
    /** Events under such an id belong to somebody who has been erased. */
    private static final String NAMELESS = "\u0001";

    /**
     * Without nested loops: the planner takes a batch for a handful of rows, whatever its size. A snapshot that has begun
     * but is not taken yet would miss what is counted now.
     */
    private static final String BOARDS = """
            SELECT b.id, b.tenant_id, b.zone, p.board_id IS NOT NULL,
                p.board_id IS NULL AND EXISTS (
                    SELECT FROM board_freeze z
                    WHERE z.board_id = b.id AND z.freeze_no = b.freeze_no AND b.freeze_at IS NOT NULL),
                set_config('enable_nestloop', 'off', true)
            FROM board b
            LEFT JOIN frozen_board p ON p.board_id = b.id AND p.freeze_no = b.freeze_no AND b.freeze_at IS NOT NULL
            WHERE b.id = ANY($1) AND b.deleted_at IS NULL""";

    private static final String HIDE = """
            INSERT INTO activity_hidden (tenant_id, board_id, freeze_no, tx, id, player_id)
            SELECT b.tenant_id, e.board_id, b.freeze_no, e.tx::xid8, e.id, e.player_id
            FROM unnest($1::integer[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[])
                AS e(board_id, tx, id, player_id, received)
            JOIN board b ON b.id = e.board_id AND b.freeze_at IS NOT NULL
            JOIN frozen_board p ON p.board_id = b.id AND p.freeze_no = b.freeze_no
            WHERE NOT is_in_picture(e.tx::xid8, e.received, p)
            RETURNING id""";

    private static final String RECOUNT = "SELECT recount_activity($1, $2, $3::text::xid8, $4, $5)";

    @Override
    public String name() {
        return ActivityFigures.FOLLOWER;
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
        Integer[] ids = batch.stream().map(AcceptedEvent::boardId).distinct().toArray(Integer[]::new);
        return transaction
                .run(BOARDS, (Object) ids)
                .map(ActivityFollower::boards)
                .chain(boards -> {
                    List<AcceptedEvent> events = filtered(
                            batch,
                            event -> boards.containsKey(event.boardId())
                                    && !event.playerId().startsWith(NAMELESS));
                    return hidden(
                                    filtered(events, event -> boards.get(event.boardId())
                                            .frozen()),
                                    transaction)
                            .map(hidden -> filtered(events, event -> !hidden.contains(event.number())))
                            .chain(shown -> count(shown, boards, transaction));
                });
    }

    private static Map<Integer, CountedBoard> boards(RowSet<Row> rows) {
        Map<Integer, CountedBoard> boards = new HashMap<>();
        for (Row row : rows) {
            if (row.getBoolean(4)) {
                throw Unavailable.overloaded("A snapshot of board " + row.getInteger(0) + " is being taken");
            }
            boards.put(row.getInteger(0), new CountedBoard(row.getShort(1), row.getString(2), row.getBoolean(3)));
        }
        return boards;
    }

    private static List<AcceptedEvent> filtered(List<AcceptedEvent> events, Predicate<AcceptedEvent> wanted) {
        return events.stream().filter(wanted).toList();
    }

    /** Remembers the events that the public must not see yet, and returns their numbers. */
    private static Uni<Set<Long>> hidden(List<AcceptedEvent> events, Statements transaction) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return transaction
                .run(
                        HIDE,
                        events.stream().map(AcceptedEvent::boardId).toArray(Integer[]::new),
                        events.stream()
                                .map(event -> Long.toString(event.transaction()))
                                .toArray(String[]::new),
                        events.stream().map(AcceptedEvent::number).toArray(Long[]::new),
                        events.stream().map(AcceptedEvent::playerId).toArray(String[]::new),
                        events.stream()
                                .map(event -> event.receivedAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))
                .map(rows -> {
                    Set<Long> numbers = new HashSet<>();
                    rows.forEach(row -> numbers.add(row.getLong(0)));
                    return numbers;
                });
    }

    private static Uni<Void> count(
            List<AcceptedEvent> events, Map<Integer, CountedBoard> boards, Statements transaction) {
        Uni<Void> added = CountStatement.run(filtered(events, event -> !event.byHand()), boards, transaction);
        Map<Integer, List<AcceptedEvent>> decisions =
                events.stream().filter(AcceptedEvent::byHand).collect(Collectors.groupingBy(AcceptedEvent::boardId));
        AcceptedEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
        for (var onBoard : decisions.entrySet()) {
            added = added.chain(() -> recount(onBoard.getKey(), onBoard.getValue(), last, transaction));
        }
        return added;
    }

    /** The last event of the batch is the last one that counts: later ones are counted when their turn comes. */
    private static Uni<Void> recount(
            int board, List<AcceptedEvent> decisions, AcceptedEvent last, Statements transaction) {
        return transaction
                .run(
                        RECOUNT,
                        board,
                        decisions.stream()
                                .map(AcceptedEvent::playerId)
                                .distinct()
                                .toArray(String[]::new),
                        Long.toString(last.transaction()),
                        last.number(),
                        decisions.stream().map(AcceptedEvent::number).toArray(Long[]::new))
                .replaceWithVoid();
    }

    /**
     * A board whose events are counted.
     *
     * @param frozen whether the public sees a snapshot of it
     */
    record CountedBoard(short tenant, String zone, boolean frozen) {}
}
