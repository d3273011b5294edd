package dev.laurel.feed;

import static org.awaitility.Awaitility.await;

import dev.laurel.feed.source.AcceptedEvent;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.testing.StoredRows;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A follower that writes a row for each event of the boards that it is told to watch. */
@Singleton
public class Tally implements Follower<AcceptedEvent> {
    static final String NAME = "test-tally";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WRITE =
            "INSERT INTO test_tally (board_id, number) SELECT * FROM unnest($1::integer[], $2::bigint[])";

    private final Set<Integer> watched = ConcurrentHashMap.newKeySet();
    private final Set<String> poison = ConcurrentHashMap.newKeySet();
    private final Set<String> slow = ConcurrentHashMap.newKeySet();
    private final AtomicInteger largest = new AtomicInteger();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Feed<AcceptedEvent> feed() {
        return Feed.EVENTS;
    }

    @Override
    public Start start() {
        return Start.NOW;
    }

    @Override
    public Uni<Void> handle(List<AcceptedEvent> batch, Statements transaction) {
        largest.accumulateAndGet(batch.size(), Math::max);
        List<AcceptedEvent> mine = batch.stream()
                .filter(event -> watched.contains(event.boardId()))
                .toList();
        Uni<Void> written = mine.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .run(
                                WRITE,
                                mine.stream().map(AcceptedEvent::boardId).toArray(Integer[]::new),
                                mine.stream().map(AcceptedEvent::number).toArray(Long[]::new))
                        .replaceWithVoid();
        // Behind the statement, so that there is something to be undone.
        return written.invoke(() -> mine.forEach(this::refusePoison));
    }

    private void refusePoison(AcceptedEvent event) {
        if (slow.contains(event.playerId())) {
            throw Unavailable.slow("PostgreSQL", null);
        }
        if (poison.contains(event.playerId())) {
            throw new IllegalStateException("cannot bear " + event.playerId());
        }
    }

    /** Watches a board of this name from now on; answers its number. */
    int watch(String board) {
        StoredRows.change("CREATE TABLE IF NOT EXISTS test_tally (board_id integer NOT NULL, number bigint NOT NULL)");
        int id = (int) StoredRows.number("SELECT id FROM board WHERE name = ? AND deleted_at IS NULL", board);
        watched.add(id);
        await().atMost(PATIENCE)
                .until(() ->
                        StoredRows.number("SELECT count(*) FROM follower WHERE name = ?", NAME) == ShardKey.SHARDS);
        return id;
    }

    void poisonedBy(String player) {
        poison.add(player);
    }

    /** As a transaction that takes too long. */
    void slowedBy(String player) {
        slow.add(player);
    }

    void healed() {
        slow.clear();
        poison.clear();
    }

    int largestBatch() {
        return largest.get();
    }

    /** How often events of a board have been counted. */
    static long counted(int board) {
        return StoredRows.number("SELECT count(*) FROM test_tally WHERE board_id = ?", board);
    }

    /** How many different ones. */
    static long different(int board) {
        return StoredRows.number("SELECT count(DISTINCT number) FROM test_tally WHERE board_id = ?", board);
    }
}
