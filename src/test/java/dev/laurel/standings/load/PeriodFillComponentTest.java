package dev.laurel.standings.load;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.Period;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.Workload;
import io.quarkus.test.junit.QuarkusTest;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A board that gets a period later shows what its twin shows, which had it from the start. */
@QuarkusTest
class PeriodFillComponentTest extends RolloverScene {
    private static final Logger LOG = Logger.getLogger(PeriodFillComponentTest.class);
    private static final String WHY = "{\"reason\":\"asked for\",\"author\":\"owner\"}";
    private static final Set<Period> BEFORE = EnumSet.of(Period.DAILY);
    private static final Set<Period> AFTER = EnumSet.of(Period.DAILY, Period.WEEKLY, Period.MONTHLY, Period.ALL_TIME);
    private static final int EVENTS = 600;
    private static final int BATCH = 50;

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final Random random = new Random(seed);

    @ParameterizedTest
    @ValueSource(strings = {"SUM", "BEST", "LATEST"})
    void aPeriodIsFilledWhileEventsGoOn(String operator) {
        LOG.infof("random events of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        UnaryOperator<BoardBuilder> rules = board -> board.operator(operator)
                .order(operator.equals("BEST") ? "ASC" : "DESC")
                .metrics(List.of("power", "kills"))
                .ordinal()
                .lateDays(3);
        BoardSpec later = rules.apply(aBoard("filled")).keeping(BEFORE).build();
        BoardSpec always = rules.apply(aBoard("always")).keeping(AFTER).build();
        api.putBoard(later).expect(201);
        api.putBoard(always).expect(201);
        sendToBoth(later, always, EVENTS);

        addPeriods(later, AFTER);
        sendToBoth(later, always, EVENTS);
        awaitFilled(later.id());
        sendToBoth(later, always, BATCH);

        for (Period period : List.of(Period.WEEKLY, Period.MONTHLY, Period.ALL_TIME)) {
            assertTwins(later.id(), always.id(), period, "", "REDIS");
        }
        RedisSwitch redis = RedisSwitch.ofTheTestStores();
        redis.off();
        try {
            for (Period period : List.of(Period.WEEKLY, Period.MONTHLY, Period.ALL_TIME)) {
                assertTwins(later.id(), always.id(), period, "", "POSTGRES");
            }
        } finally {
            redis.on();
        }
    }

    @Test
    void aPeriodThatIsDroppedAndAddedAgainHasNoHole() {
        String later = putBoard(aBoard("filled").keeping(EnumSet.of(Period.DAILY, Period.WEEKLY)));
        String always = putBoard(aBoard("always").keeping(EnumSet.of(Period.DAILY, Period.WEEKLY)));
        submitToBoth(later, always, "ann", "3");
        define(later, "[\"DAILY\"]");
        submitToBoth(later, always, "ann", "4");
        submitToBoth(later, always, "bob", "5");
        define(later, "[\"DAILY\",\"WEEKLY\"]");
        awaitFilled(later);
        submitToBoth(later, always, "cyd", "1");

        assertTwins(later, always, Period.WEEKLY, "", "REDIS");
        stand("2024-05-20T00:05:00Z");
        closeDue();
        assertTwins(later, always, Period.WEEKLY, "&window=2024-W20", "ARCHIVE");
    }

    @Test
    void whileItIsFilledAPeriodIsNeitherReadNorReportedNorCorrected() throws SQLException {
        String board = putBoard(aBoard("filled").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        String adjustments = "/api/v1/admin/boards/" + board + "/adjustments";
        String adjustment = "{\"playerId\":\"ann\",\"score\":5," + WHY.substring(1);
        String undo = adjustments + "/"
                + api.post(adjustments, adjustment)
                        .expect(200)
                        .json()
                        .path("adjustment")
                        .asText() + "/undo";
        try (Connection connection = EmbeddedStores.current().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE filled_standing IN ACCESS EXCLUSIVE MODE");
            define(board, "[\"DAILY\",\"WEEKLY\"]");

            assertThat(api.board(board).expect(200).json().path("filling").toString())
                    .isEqualTo("[\"WEEKLY\"]");
            assertThat(api.top(board, Period.WEEKLY, "").expect(503).header("Retry-After"))
                    .isNotEmpty();
            JsonNode receipt = submit(board, ScoreEvent.of("ann", "4"));
            assertThat(receipt.path("standings").has("WEEKLY")).isFalse();
            assertThat(receipt.at("/standings/DAILY/score").asInt()).isEqualTo(12);
            api.post(adjustments, adjustment).expect(503);
            api.post(undo, WHY).expect(503);
        }
        awaitFilled(board);

        assertThat(api.top(board, Period.WEEKLY, "")
                        .expect(200)
                        .json()
                        .at("/entries/0/score")
                        .asInt())
                .isEqualTo(12);
        api.post(undo, WHY).expect(200);
        assertThat(api.top(board, Period.WEEKLY, "")
                        .expect(200)
                        .json()
                        .at("/entries/0/score")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void windowsMadeOfDaysAreFilledWithTheDays() {
        String later = putBoard(aBoard("filled").allTime().lateDays(20));
        String always = putBoard(aBoard("always")
                .keeping(EnumSet.of(Period.ALL_TIME, Period.DAILY, Period.LAST_7_DAYS))
                .lateDays(20));
        for (int day = 1; day <= 14; day++) {
            ScoreEvent event =
                    ScoreEvent.of("p" + day % 5, Integer.toString(day)).at("2024-05-%02dT12:00:00Z".formatted(day));
            submit(later, event);
            submit(always, event);
        }
        define(later, "[\"ALL_TIME\",\"DAILY\",\"LAST_7_DAYS\"],\"lateness\":\"P20D\"");
        awaitFilled(later);

        assertTwins(later, always, Period.LAST_7_DAYS, "", "REDIS");
        assertTwins(later, always, Period.DAILY, "&window=2024-05-03", "REDIS");
    }

    @Test
    void aPastWindowIsFilledAndArchivedWhenAskedFor() {
        String later = putBoard(aBoard("filled").allTime());
        String always = putBoard(aBoard("always").keeping(EnumSet.of(Period.ALL_TIME, Period.DAILY)));
        submitToBoth(later, always, "ann", "3");
        submitToBoth(later, always, "bob", "5");
        stand("2024-05-16T12:00:00Z");
        closeDue();
        define(later, "[\"ALL_TIME\",\"DAILY\"]");
        awaitFilled(later);
        String fill = "/api/v1/admin/boards/" + later + "/windows/daily/fill";

        assertThat(api.post(fill + "?window=" + DAY, WHY)
                        .expect(200)
                        .json()
                        .path("players")
                        .asInt())
                .isEqualTo(2);

        assertTwins(later, always, Period.DAILY, "&window=" + DAY, "ARCHIVE");
        assertProblem(api.post(fill + "?window=" + DAY, WHY), 409);
        assertProblem(api.post(fill + "?window=2024-05-16", WHY), 409);
        assertProblem(api.post(fill + "?window=2024-05-01", WHY), 404);
        assertProblem(api.post(fill + "?window=2024-02-30", WHY), 422, "window");
        assertProblem(api.post(fill, WHY), 422, "window");
    }

    private void sendToBoth(BoardSpec later, BoardSpec always, int count) {
        for (int sent = 0; sent < count; sent += BATCH) {
            List<ScoreEvent> events = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                Instant at = Instant.parse("2024-05-14T20:00:00Z").minusMillis(random.nextInt(250_000_000));
                events.add(Workload.event(random, later, null, at));
            }
            api.submitAll(later.id(), events).expect(200);
            api.submitAll(always.id(), events).expect(200);
        }
    }

    private void submitToBoth(String later, String always, String player, String score) {
        submit(later, ScoreEvent.of(player, score));
        submit(always, ScoreEvent.of(player, score));
    }

    private void addPeriods(BoardSpec board, Set<Period> periods) {
        BoardSpec with = new BoardSpec(
                board.id(),
                board.operator(),
                board.order(),
                board.rankMode(),
                board.tieBreak(),
                board.metrics(),
                board.decimals(),
                periods,
                board.zone(),
                board.lateness());
        api.putBoard(with).expect(200);
    }

    private void define(String board, String periods) {
        api.put("/api/v1/boards/" + board + "?confirm=true", "{\"title\":\"t\",\"periods\":" + periods + "}")
                .expect(200);
    }

    private void awaitFilled(String board) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        api.board(board).expect(200).json().has("filling"))
                .isFalse());
    }

    /** Nothing but the names of the boards and the moment of the answer may differ. */
    private void assertTwins(String later, String always, Period period, String window, String source) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode filled = page(later, period, window);
            assertThat(filled.path("source").asText()).isEqualTo(source);
            assertThat(without(filled)).isEqualTo(without(page(always, period, window)));
        });
    }

    private JsonNode page(String board, Period period, String window) {
        return api.top(board, period, "limit=1000" + window).expect(200).json();
    }

    private static JsonNode without(JsonNode page) {
        ObjectNode same = page.deepCopy();
        same.remove(List.of("board", "asOf", "next", "source"));
        same.path("entries").forEach(entry -> ((ObjectNode) entry).remove("change"));
        return same;
    }
}
