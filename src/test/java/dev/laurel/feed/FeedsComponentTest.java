package dev.laurel.feed;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.feed.source.AcceptedEvent;
import dev.laurel.feed.source.Change;
import dev.laurel.feed.source.ClosedWindow;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.FeedItem;
import dev.laurel.feed.source.Sources;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Activity;
import dev.laurel.shared.Period;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is in each feed, and where a follower begins in it. */
@QuarkusTest
class FeedsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    Sql sql;

    @Inject
    FeedConfig config;

    @Inject
    MeterRegistry meters;

    private final BoardSpec board = aBoard("fed").daily().build();
    private LaurelApi api;
    private int id;

    @BeforeEach
    void createTheBoard() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        id = (int) StoredRows.number("SELECT id FROM board WHERE name = ?", board.id());
    }

    @AfterEach
    void forgetCursors() {
        StoredRows.change("DELETE FROM follower WHERE name LIKE 'test-________-%'");
        StoredRows.change("DELETE FROM follower_closing WHERE name LIKE 'test-________-%'");
    }

    /** It is done every second: however long a feed is, the first item behind each cursor is looked up. */
    @Test
    void theLookForWorkReadsNoFeedAsAWhole() throws SQLException {
        for (Feed<?> feed : List.of(Feed.EVENTS, Feed.CHANGES)) {
            try (Connection connection = EmbeddedStores.current().connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                // Whatever the sizes of the tables let the planner prefer.
                statement.execute("SET LOCAL enable_nestloop = off");
                var plan = statement.executeQuery(
                        "EXPLAIN " + Sources.of(feed).pending().replace("$1", "ARRAY['board-days']"));
                StringBuilder text = new StringBuilder();
                while (plan.next()) {
                    text.append(plan.getString(1)).append('\n');
                }
                assertThat(text.toString()).contains("Limit").doesNotContain("Semi Join");
            }
        }
    }

    @Test
    void aFollowerBeginsWhereItSays() {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        StoredRows.change(
                "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)"
                        + " VALUES (?, 'early', 1, 0, now() - interval '2 days')",
                id);
        api.submit(board.id(), ScoreEvent.of("late", "1")).expect(200);
        var all = registered(Feed.EVENTS, Start.BEGINNING);
        var since = registered(Feed.EVENTS, Start.at(yesterday));
        var now = registered(Feed.EVENTS, Start.NOW);
        api.submit(board.id(), ScoreEvent.of("new", "1")).expect(200);

        assertThat(players(worked(all, 3))).containsExactly("early", "late", "new");
        assertThat(players(worked(since, 2))).containsExactly("late", "new");
        assertThat(players(worked(now, 1))).contains("new").doesNotContain("early");
    }

    @Test
    void rowsFromBeforeThereWereFollowersAreTheOldest() {
        StoredRows.change(
                "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at, tx)"
                        + " VALUES (?, 'first', 1, 0, now(), '0'), (?, 'second', 1, 0, now(), '0')",
                id,
                id);
        api.submit(board.id(), ScoreEvent.of("third", "1")).expect(200);

        assertThat(players(worked(registered(Feed.EVENTS, Start.BEGINNING), 3)))
                .containsExactly("first", "second", "third");
    }

    @Test
    void anEventIsAsItWasSubmitted() {
        var now = registered(Feed.EVENTS, Start.NOW);
        api.submit(
                        board.id(),
                        "{\"playerId\":\"ann\",\"score\":7,\"eventId\":\"one\",\"attributes\":{\"map\":\"a\"},"
                                + "\"activity\":\"quiz\",\"tags\":[\"loops\"],\"outcome\":\"FAILED\",\"durationMs\":5}")
                .expect(200);

        AcceptedEvent event = worked(now, 1).get(0);

        assertThat(event.playerId()).isEqualTo("ann");
        assertThat(event.score()).isEqualTo(7);
        assertThat(event.eventId()).isEqualTo("one");
        assertThat(event.byHand()).isFalse();
        assertThat(event.activity()).isEqualTo(new Activity("quiz", List.of("loops"), Activity.Outcome.FAILED, 5L));
        assertThat(event.attributes()).contains("\"map\"");
        assertThat(event.occurredAt()).isBefore(Instant.now().plusSeconds(5));
    }

    @Test
    void whatChangesOnABoardIsToldInItsOrder() {
        var changes = registered(Feed.CHANGES, Start.NOW);
        api.submit(board.id(), ScoreEvent.of("ann", "1")).expect(200);
        api.patch("/api/v1/boards/" + board.id(), "{\"title\":\"Another\"}").expect(200);
        String player = "/api/v1/admin/boards/" + board.id() + "/rankings/daily/players/ann";
        String why = "{\"reason\":\"test\",\"author\":\"ops\"}";
        api.put(player + "/disqualification", why).expect(200);
        api.post(player + "/reinstatement", why).expect(200);
        api.deleteBoard(board.id()).expect(204);

        List<Change> told = worked(changes, 4);

        assertThat(told.stream().map(change -> change.kind() + " " + change.subject()))
                .containsSubsequence(
                        "BOARD_CHANGED ", "PLAYER_DISQUALIFIED ann", "PLAYER_REINSTATED ann", "BOARD_DELETED ");
        assertThat(told).allSatisfy(change -> assertThat(change.tenantId()).isOne());
    }

    @Test
    void closedWindowsComeInTheOrderOfTheirNumbers() {
        var closings = registered(Feed.CLOSINGS, Start.BEGINNING);
        String reset = "/api/v1/admin/boards/" + board.id() + "/windows/daily/reset";
        String why = "{\"reason\":\"test\",\"author\":\"ops\"}";
        for (int round = 1; round <= 3; round++) {
            api.submit(board.id(), ScoreEvent.of("ann", "1")).expect(200);
            api.post(reset, why).expect(200);
        }

        List<ClosedWindow> closed = worked(closings, 3);

        assertThat(closed).extracting(ClosedWindow::closing).containsExactly(1L, 2L, 3L);
        assertThat(closed).allSatisfy(window -> {
            assertThat(window.boardName()).isEqualTo(board.id());
            assertThat(window.period()).isEqualTo(Period.DAILY);
            assertThat(window.reset()).isTrue();
            assertThat(window.players()).isOne();
        });
        assertThat(worked(registered(Feed.CLOSINGS, Start.NOW), 0)).isEmpty();
    }

    private <T extends FeedItem> Collecting<T> registered(Feed<T> feed, Start start) {
        Collecting<T> follower = new Collecting<>(feed, start);
        OnEventLoop.await(() -> Sources.of(feed).register(sql, follower.name(), start));
        return follower;
    }

    /** What it gets of the board, once it has got so much. */
    private <T extends FeedItem> List<T> worked(Collecting<T> follower, int items) {
        FollowerTurn turn = new FollowerTurn(sql, new FollowerTable(sql, config), config, meters);
        await().atMost(PATIENCE).until(() -> {
            Outcome outcome = OnEventLoop.await(() -> turn.run(follower, ShardKey.of(id)));
            // Other tests may have left hundreds of batches in the shard.
            while (outcome.isMore()) {
                outcome = OnEventLoop.await(() -> turn.run(follower, ShardKey.of(id)));
            }
            return outcome == Outcome.DONE && follower.of(id).size() >= items;
        });
        return follower.of(id);
    }

    private static List<String> players(List<AcceptedEvent> events) {
        return events.stream().map(AcceptedEvent::playerId).toList();
    }
}
