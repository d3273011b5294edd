package dev.laurel.archive;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Archive.Reset;
import dev.laurel.board.Boards;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.ClosedWindows;
import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.RankingPicture;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A manual reset archives the window so far as a generation, and everybody starts again from nothing. */
@QuarkusTest
class ResetComponentTest {
    private static final String DAY = "2024-06-20";

    @TestHTTPResource
    URI service;

    @Inject
    Archive archive;

    @Inject
    Boards boards;

    @Inject
    TestClock clock;

    @Inject
    ClosedWindows closed;

    private LaurelApi api;
    private String board;

    @BeforeEach
    void aBoardAtNoon() {
        api = new LaurelApi(service);
        clock.stopAt(Instant.parse(DAY + "T12:00:00Z"));
        BoardSpec spec =
                aBoard("reset").keeping(Set.of(Period.DAILY, Period.ALL_TIME)).build();
        api.putBoard(spec).expect(201);
        board = spec.id();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void everyResetClosesOneGenerationAndNothingIsDeleted() {
        submit("ann", 3);
        submit("bob", 4);
        List<String> live = RankingPicture.of(api, board, Period.DAILY, DAY, "REDIS");

        Reset first = reset();
        submit("ann", 10);
        Reset second = reset();
        submit("cyd", 1);

        assertThat(first.players()).isEqualTo(2);
        assertThat(second.players()).isEqualTo(1);
        assertThat(closed.of(board)).hasSize(2);
        assertThat(scores(DAY + "#1")).isEqualTo("bob 4, ann 3");
        assertThat(scores(DAY + "#2")).isEqualTo("ann 10");
        assertThat(scores(DAY)).isEqualTo("cyd 1");
        assertThat(RankingPicture.of(api, board, Period.DAILY, DAY + "#1", "ARCHIVE"))
                .extracting(text -> text.replace(DAY + "#1", DAY))
                .isEqualTo(live);
        assertThat(ledger()).isEqualTo(4);
        JsonNode windows = api.windows(board, Period.DAILY).expect(200).json().path("items");
        assertThat(windows.findValuesAsText("id")).containsExactly(DAY, DAY + "#2", DAY + "#1");
        assertThat(windows.findValuesAsText("closedBy")).containsExactly("RESET", "RESET");
    }

    @Test
    void otherPeriodsGoOn() {
        submit("ann", 3);
        reset();
        submit("ann", 4);

        JsonNode allTime =
                api.player(board, Period.ALL_TIME, "ann", "").expect(200).json();
        JsonNode daily = api.player(board, Period.DAILY, "ann", "").expect(200).json();

        assertThat(allTime.path("score").asInt()).isEqualTo(7);
        assertThat(daily.path("score").asInt()).isEqualTo(4);
    }

    @Test
    void aPlayerOfAnEarlierGenerationIsNotRankedUntilTheNextEvent() {
        submit("ann", 3);
        reset();

        JsonNode ann = api.player(board, Period.DAILY, "ann", "").expect(200).json();

        assertThat(ann.path("ranked").asBoolean()).isFalse();
        assertThat(ann.path("total").asInt()).isZero();
    }

    @Test
    void aWindowWithoutEventsHasNothingToReset() {
        Reset nothing = reset();

        assertThat(nothing.players()).isZero();
        assertThat(api.windows(board, Period.DAILY).expect(200).json().path("items"))
                .isEmpty();
        assertProblem(api.top(board, Period.DAILY, "window=" + DAY + "%231"), 404);
        Assertions.assertThatThrownBy(() -> reset(dev.laurel.shared.Period.WEEKLY))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void everyConcurrentEventIsInExactlyOneGeneration() {
        submit("p0", 1);
        AtomicInteger sent = new AtomicInteger();
        List<Integer> events = IntStream.range(0, 600).boxed().toList();

        InOrder.forEach(events, number -> {
            submit("p" + number % 20, 1);
            if (sent.incrementAndGet() % 150 == 0) {
                reset();
            }
        });

        List<String> windows = api.windows(board, Period.DAILY)
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("id");
        int sum = windows.stream().mapToInt(this::sumOf).sum();
        assertThat(windows).hasSize(5);
        assertThat(sum).isEqualTo(601);
        assertThat(ledger()).isEqualTo(601);
        assertThat(sumOf(Period.ALL_TIME, "all")).isEqualTo(601);
    }

    @Test
    void whatHappenedBeforeAResetIsNotCountedAfterIt() {
        submit("ann", 3);
        clock.stopAt(Instant.parse(DAY + "T12:01:00Z"));
        reset();
        clock.stopAt(Instant.parse(DAY + "T12:02:00Z"));
        ScoreEvent before = ScoreEvent.of("ann", "5").at(DAY + "T12:00:59.999Z");

        assertProblem(api.submit(board, before), 422, "occurredAt");
        JsonNode results =
                api.submitAll(board, List.of(before.withId("late"))).expect(200).json();
        assertThat(results.findValuesAsText("field")).containsExactly("occurredAt");
        String all = before.json().replaceFirst("\\{", "{\"boards\":[\"" + board + "\"],");
        assertProblem(api.post("/api/v1/scores", all), 422, "boards");
        assertThat(scores(DAY)).isEmpty();
        assertThat(ledger()).isEqualTo(1);

        api.submit(board, before.at(DAY + "T12:01:00Z")).expect(200);
        submit("bob", 1);
        assertThat(scores(DAY)).isEqualTo("ann 5, bob 1");
    }

    @Test
    void anEventAcceptedBeforeAResetIsStillKnownByItsId() {
        ScoreEvent event = ScoreEvent.of("ann", "5").at(DAY + "T12:00:00Z").withId("once");
        api.submit(board, event).expect(200);
        clock.stopAt(Instant.parse(DAY + "T12:01:00Z"));
        reset();

        JsonNode again = api.submit(board, event).expect(200).json();

        assertThat(again.path("status").asText()).isEqualTo("DUPLICATE");
    }

    /** The clocks of two replicas differ; a time that the service gives is never held against the client. */
    @Test
    void anEventWithoutATimeIsTakenEvenWhenTheClockIsBehindThatOfTheReset() {
        submit("ann", 3);
        reset();
        clock.stopAt(Instant.parse(DAY + "T11:59:59Z"));

        submit("ann", 4);

        assertThat(scores(DAY)).isEqualTo("ann 4");
    }

    @Test
    void resetsAtTheSameTimeArchiveAPlayerOnce() {
        submit("ann", 3);

        List<Reset> done = OnEventLoop.awaitAll(6, () -> reset(board, dev.laurel.shared.Period.DAILY));

        assertThat(done.stream().mapToLong(Reset::players).sum()).isEqualTo(1);
        assertThat(scores(DAY + "#1")).isEqualTo("ann 3");
        assertThat(closed.of(board)).filteredOn(one -> one.players() > 0).hasSize(1);
    }

    private Reset reset() {
        return reset(dev.laurel.shared.Period.DAILY);
    }

    private Reset reset(dev.laurel.shared.Period period) {
        return OnEventLoop.await(() -> reset(board, period));
    }

    private Uni<Reset> reset(String name, dev.laurel.shared.Period period) {
        return boards.get(name).chain(found -> archive.reset(found, period));
    }

    private void submit(String player, int score) {
        api.submit(board, ScoreEvent.of(player, Integer.toString(score))).expect(200);
    }

    private JsonNode ranking(Period period, String window) {
        return api.top(board, period, "limit=1000&window=" + LaurelApi.segment(window))
                .expect(200)
                .json();
    }

    private String scores(String window) {
        return String.join(
                ", ",
                ranking(Period.DAILY, window).path("entries").findParents("playerId").stream()
                        .map(entry -> entry.path("playerId").asText() + " "
                                + entry.path("score").asText())
                        .toList());
    }

    private int sumOf(String window) {
        return sumOf(Period.DAILY, window);
    }

    private int sumOf(Period period, String window) {
        return ranking(period, window).path("entries").findValues("score").stream()
                .mapToInt(JsonNode::asInt)
                .sum();
    }

    private long ledger() {
        return StoredRows.number(
                "SELECT count(*) FROM score_event e JOIN board b ON b.id = e.board_id WHERE b.name = ?", board);
    }
}
