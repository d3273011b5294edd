package dev.laurel.standings.window;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Archive;
import dev.laurel.board.Boards;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Oracle;
import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.Period;
import dev.laurel.testing.RankingComparison;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.RollingOracle;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.Workload;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random events over forty days: the last 7 and the last 30 of them rank as an oracle puts them together from the days. */
@QuarkusTest
class RollingWindowsComponentTest extends RolloverScene {
    private static final Logger LOG = Logger.getLogger(RollingWindowsComponentTest.class);
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    /** The change to summer time is among the forty days, and a day of 23 hours with it. */
    private static final LocalDate FIRST = LocalDate.parse("2024-03-05");

    private static final int DAYS = 40;
    private static final int EVENTS_A_DAY = 20;
    private static final int OPERATORS = Integer.getInteger("laurel.test.rolling.operators", 1);
    private static final Set<Period> PERIODS =
            Set.of(Period.DAILY, Period.ALL_TIME, Period.LAST_7_DAYS, Period.LAST_30_DAYS);
    private static final List<Period> ROLLING = List.of(Period.LAST_7_DAYS, Period.LAST_30_DAYS);

    @Inject
    Archive archive;

    @Inject
    Boards boards;

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final Random random = new Random(seed);

    @Test
    void theDaysBeforeRankAsTheOracleSays() {
        LOG.infof("random events of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        List<Oracle> oracles = boards().stream().map(Oracle::new).toList();
        oracles.forEach(oracle -> api.putBoard(oracle.board()).expect(201));
        long compared = 0;
        for (int number = 0; number < DAYS; number++) {
            LocalDate day = FIRST.plusDays(number);
            Instant noon = day.atTime(12, 0).atZone(ZONE).toInstant();
            clock.stopAt(noon);
            for (Oracle oracle : oracles) {
                liveThrough(oracle, noon);
            }
            closeDue();
            if (number % 10 == 8 || number == DAYS - 1) {
                for (Oracle oracle : oracles) {
                    compared += compareAll(oracle, day, number);
                }
            }
        }
        compared += withoutRedis(oracles, FIRST.plusDays(DAYS - 1));
        LOG.infof("%d answers compared, seed %d", compared, seed);
        assertThat(compared).isGreaterThan(1_000);
    }

    private List<BoardSpec> boards() {
        List<BoardSpec> boards = new ArrayList<>();
        List<String> modes = List.of("COMPETITION", "DENSE", "ORDINAL");
        List<String> ties = List.of("EARLIEST", "LATEST", "NONE");
        // By default one of the three in each run: each takes as long as most other tests.
        List<String> operators = new ArrayList<>(List.of("SUM", "BEST", "LATEST"));
        Collections.shuffle(operators, random);
        for (String operator : operators.subList(0, OPERATORS)) {
            boards.add(aBoard("rolling")
                    .operator(operator)
                    .order(random.nextBoolean() ? "ASC" : "DESC")
                    .rankMode(Workload.one(random, modes))
                    .tieBreak(Workload.one(random, ties))
                    .metrics(List.of("power", "kills"))
                    .zone(ZONE.getId())
                    .keeping(PERIODS)
                    .lateDays(2)
                    .build());
        }
        return boards;
    }

    /** Events of this and the two days before, and now and then a player is disqualified in a day, or let in again. */
    private void liveThrough(Oracle oracle, Instant noon) {
        String board = oracle.board().id();
        List<ScoreEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS_A_DAY; i++) {
            long back = i < EVENTS_A_DAY / 2 ? random.nextInt(36_000_000) : random.nextInt(172_000_000);
            ScoreEvent event = Workload.event(
                    random, oracle.board(), board + noon.toEpochMilli() + "." + i, noon.minusMillis(back));
            oracle.accept(event);
            events.add(event);
        }
        api.submitAll(board, events).expect(200);
        if (random.nextInt(4) == 0) {
            decide(oracle);
        }
    }

    private void decide(Oracle oracle) {
        List<Window> days = oracle.windows().stream()
                .filter(window -> window.period() == Period.DAILY)
                .toList();
        Window day = Workload.one(random, days);
        List<String> players = List.copyOf(oracle.ranking(day).places().stream()
                .map(place -> place.playerId())
                .toList());
        if (players.isEmpty()) {
            return;
        }
        String player = Workload.one(random, players);
        oracle.disqualify(day, player);
        api.put(
                        "/api/v1/admin/boards/" + oracle.board().id() + "/rankings/daily/players/"
                                + LaurelApi.segment(player) + "/disqualification?window=" + day.id(),
                        "{\"reason\":\"a test\",\"author\":\"the test\"}")
                .expect(200);
    }

    private long compareAll(Oracle oracle, LocalDate day, int number) {
        RollingOracle rolling = new RollingOracle(oracle);
        long compared = 0;
        for (Period period : ROLLING) {
            awaitSource(oracle, period, "REDIS");
            compared += compare(oracle, rolling, period, day, "REDIS");
            LocalDate before = day.minusDays(1 + random.nextInt(number));
            compared += compare(oracle, rolling, period, before, "POSTGRES");
        }
        return compared;
    }

    private long compare(Oracle oracle, RollingOracle rolling, Period period, LocalDate day, String source) {
        return new RankingComparison(api, oracle, source, seed)
                .compare(new Window(period, day.toString()), metric -> rolling.ranking(period, day, metric));
    }

    private long withoutRedis(List<Oracle> oracles, LocalDate day) {
        RedisSwitch redis = RedisSwitch.ofTheTestStores();
        long compared = 0;
        redis.off();
        try {
            for (Oracle oracle : oracles) {
                for (Period period : ROLLING) {
                    awaitSource(oracle, period, "POSTGRES");
                    compared += compare(oracle, new RollingOracle(oracle), period, day, "POSTGRES");
                }
            }
        } finally {
            redis.on();
        }
        oracles.forEach(oracle -> ROLLING.forEach(period -> awaitSource(oracle, period, "REDIS")));
        return compared;
    }

    private void awaitSource(Oracle oracle, Period period, String source) {
        for (String metric : oracle.board().metrics()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(api.top(oracle.board().id(), period, "limit=1&metric=" + metric)
                                    .expect(200)
                                    .json()
                                    .path("source")
                                    .asText())
                            .isEqualTo(source));
        }
    }

    @Test
    void aReceiptTellsTheStandingInTheDaysBefore() {
        String board = putBoard(aBoard("rolling").keeping(PERIODS).lateDays(10));
        submit(board, ScoreEvent.of("ann", "3").at("2024-05-08T00:00:00Z"));
        submit(board, ScoreEvent.of("ann", "4").at("2024-05-07T23:59:59.999Z"));
        submit(board, ScoreEvent.of("bob", "5"));
        awaitRedis(board);

        JsonNode receipt = submit(board, ScoreEvent.of("ann", "6").withId("six"));

        JsonNode week = receipt.path("standings").path("LAST_7_DAYS");
        assertThat(week.path("window").asText()).isEqualTo(DAY);
        assertThat(week.path("score").asInt()).isEqualTo(9);
        assertThat(week.path("previousRank").asInt()).isEqualTo(2);
        assertThat(week.path("rank").asInt()).isEqualTo(1);
        assertThat(receipt.path("standings").path("LAST_30_DAYS").path("score").asInt())
                .isEqualTo(13);
        assertThat(submit(board, ScoreEvent.of("ann", "6").withId("six")).path("standings"))
                .isEqualTo(receipt.path("standings"));
    }

    @Test
    void anEventIsShownAlthoughALaterOneOfThePlayerIsOfALongPastDay() {
        String board = putBoard(aBoard("rolling").keeping(PERIODS).lateDays(60));
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "5"));
        awaitRedis(board);

        // In one transaction, so that the first one meets the version of the second.
        api.post(
                        "/api/v1/boards/" + board + "/scores/batch?atomic=true",
                        "{\"scores\":[" + ScoreEvent.of("ann", "4").json() + ","
                                + ScoreEvent.of("ann", "9")
                                        .at("2024-04-01T10:00:00Z")
                                        .json() + "]}")
                .expect(200);

        assertThat(week(board)).containsExactly("ann", "bob");
        assertThat(api.player(board, Period.LAST_7_DAYS, "ann", "")
                        .expect(200)
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(7);
    }

    private void awaitRedis(String board) {
        ROLLING.forEach(period -> await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        api.top(board, period, "limit=1").json().path("source").asText())
                .isEqualTo("REDIS")));
    }

    @Test
    void atMidnightADayFallsOutWithoutAnyEvent() {
        String board = putBoard(aBoard("rolling").keeping(PERIODS).lateDays(10));
        submit(board, ScoreEvent.of("ann", "3").at("2024-05-08T10:00:00Z"));
        submit(board, ScoreEvent.of("bob", "2"));
        stand("2024-05-14T23:59:59.999Z");
        assertThat(week(board)).containsExactly("ann", "bob");

        stand("2024-05-15T00:00:00Z");

        assertThat(week(board)).containsExactly("bob");
        assertThat(api.top(board, Period.LAST_7_DAYS, "window=" + DAY)
                        .expect(200)
                        .json()
                        .path("entries")
                        .findValuesAsText("playerId"))
                .containsExactly("ann", "bob");
    }

    private List<String> week(String board) {
        return api.top(board, Period.LAST_7_DAYS, "")
                .expect(200)
                .json()
                .path("entries")
                .findValuesAsText("playerId");
    }

    @Test
    void aResetEndsTheDayButNotTheWeek() {
        String board = putBoard(aBoard("rolling").keeping(PERIODS));
        submit(board, ScoreEvent.of("ann", "3"));
        OnEventLoop.await(() -> boards.get(board).chain(found -> archive.reset(found, dev.laurel.shared.Period.DAILY)));

        JsonNode receipt = submit(board, ScoreEvent.of("ann", "4"));

        assertThat(receipt.at("/standings/DAILY/score").asInt()).isEqualTo(4);
        assertThat(receipt.at("/standings/LAST_7_DAYS/score").asInt()).isEqualTo(7);
    }

    @Test
    void anAdjustmentOfTheDayCountsUntilItIsUndone() {
        String board = putBoard(aBoard("rolling").keeping(PERIODS));
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "5"));
        String admin = "/api/v1/admin/boards/" + board + "/adjustments";
        String decision = "\"reason\":\"a test\",\"author\":\"the test\"}";
        awaitRedis(board);

        JsonNode adjusted = api.post(admin, "{\"playerId\":\"ann\",\"score\":4,\"periods\":[\"daily\"]," + decision)
                .expect(200)
                .json();
        assertThat(week(board)).containsExactly("ann", "bob");

        api.post(admin + "/" + adjusted.path("adjustment").asText() + "/undo", "{" + decision)
                .expect(200);
        assertThat(week(board)).containsExactly("bob", "ann");
    }

    @Test
    void whatIsMadeOfDaysNeedsThemAndHasNothingOfItsOwn() {
        assertProblem(api.putBoard("rolling-alone", "{\"title\":\"t\",\"periods\":[\"LAST_7_DAYS\"]}"), 422, "periods");
        assertProblem(
                api.putBoard(
                        "rolling-short",
                        "{\"title\":\"t\",\"periods\":[\"DAILY\",\"LAST_30_DAYS\"],\"retention\":\"P30D\"}"),
                422,
                "retention");
        String board = putBoard(aBoard("rolling").keeping(PERIODS));
        String decision = "\"reason\":\"a test\",\"author\":\"the test\"}";
        submit(board, ScoreEvent.of("ann", "3"));
        assertProblem(api.windows(board, Period.LAST_7_DAYS), 422, "period");
        assertProblem(api.get("/api/v1/players/ann/history?board=" + board + "&period=last_7_days"), 422, "period");
        assertProblem(
                api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/last_7_days/players/ann/disqualification",
                        "{" + decision),
                422,
                "period");
        assertProblem(
                api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments",
                        "{\"playerId\":\"ann\",\"score\":4,\"periods\":[\"last_7_days\"]," + decision),
                422,
                "periods");
        assertProblem(api.top(board, Period.LAST_7_DAYS, "window=2024-02-30"), 422, "window");
    }

    @Test
    void whenADayIsKeptNoLongerTheWindowsMadeOfItAreGone() {
        String board = putBoard(aBoard("rolling").keeping(PERIODS));
        submit(board, ScoreEvent.of("ann", "3"));
        stand("2024-05-15T00:05:00Z");
        closeDue();
        api.top(board, Period.LAST_7_DAYS, "window=2024-05-20").expect(200);

        StoredRows.column(
                "UPDATE board_window w SET expired_at = now() FROM board b WHERE b.id = w.board_id AND b.name = ?"
                        + " AND w.period = 1 RETURNING w.window_id",
                board);

        assertProblem(api.top(board, Period.LAST_7_DAYS, "window=2024-05-20"), 404);
        assertProblem(api.top(board, Period.LAST_7_DAYS, "window=" + DAY), 404);
        api.top(board, Period.LAST_7_DAYS, "window=2024-05-21").expect(200);
    }
}
