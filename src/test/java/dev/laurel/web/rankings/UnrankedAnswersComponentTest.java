package dev.laurel.web.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Archive;
import dev.laurel.archive.Rollover;
import dev.laurel.board.Boards;
import dev.laurel.ranking.movement.PositionKeeper;
import dev.laurel.shared.Period;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import dev.laurel.web.PublicReads;
import dev.laurel.web.PublicReads.Read;
import dev.laurel.web.PublicValues;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** No answer about rankings shows a hidden or banned player, and everything is as before when the player is back. */
@QuarkusTest
class UnrankedAnswersComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One for each test: once the clock is set on, the year of the first interface's board is closed. */
    private static final AtomicInteger YEARS = new AtomicInteger(2001);

    private static final String FIRST = "/api/redis-leaderboard";
    private static final String ANN = "/api/v1/players/ann";
    /** The player, and nobody whose id begins or ends alike. */
    private static final Pattern NAMED = Pattern.compile("(?<![\\w-])ann(?![\\w-])");

    /**
     * The list of records, and the player's own: the record, its groups and friends, and the right to play. Those of others
     * are judged as everything else is.
     */
    private static final Pattern OF_RECORDS =
            Pattern.compile("/api/v1/players(\\?.*|/ann(/(eligibility|groups|friends)(\\?.*)?)?)?");

    private static final Pattern MISSING = Pattern.compile("\"missing\":\\[[^]]*]");

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Rollover rollover;

    @Inject
    PositionKeeper positions;

    @Inject
    Boards boards;

    @Inject
    Archive archive;

    private final String board = "shown-" + UUID.randomUUID().toString().substring(0, 8);
    private final RedisSwitch redis = RedisSwitch.ofTheTestStores();
    private final LocalDate tuesday =
            LocalDate.of(YEARS.getAndIncrement(), 5, 15).with(TemporalAdjusters.nextOrSame(DayOfWeek.TUESDAY));
    private final String day = tuesday.toString();
    private final String next = tuesday.plusDays(1).toString();
    private final String third = tuesday.plusDays(2).toString();
    private LaurelApi api;

    /** Two days of scores, the first of which is closed, and a reset; everywhere Ann leads. */
    @BeforeEach
    void twoDays() {
        api = new LaurelApi(service);
        // Other tests may have left a record.
        api.delete(ANN);
        stand(day + "T20:00:00Z");
        api.putBoard(board, """
                {"title":"Shown","metrics":["power","kills"],"periods":["DAILY","WEEKLY","MONTHLY","YEARLY","ALL_TIME",
                 "SEASON","LAST_7_DAYS","LAST_30_DAYS"],"positionDays":3}""").expect(201);
        api.put("/api/v1/boards/" + board + "/seasons/spring", """
                {"title":"Spring","start":"%sT00:00:00Z","end":"%sT00:00:00Z"}""".formatted(tuesday.minusDays(9), third))
                .expect(201);
        api.put("/api/v1/boards/" + board + "/tiers", """
                {"tiers":[{"name":"better","all":[{"percentile":true,"min":40}]},{"name":"other"}]}""").expect(201);
        score("ann", 7);
        score("bob", 4);
        score("cyd", 1);
        stand(next + "T00:10:00Z");
        OnEventLoop.await(rollover::closeDue);
        OnEventLoop.await(positions::takeDue);
        score("ann", 2);
        score("bob", 1);
        OnEventLoop.await(() -> boards.get(board).chain(found -> archive.reset(found, Period.DAILY)));
        stand(next + "T20:00:00Z");
        score("ann", 8);
        score("bob", 5);
        score("cyd", 5);
        stand(next + "T20:00:10Z");
        await().atMost(PATIENCE)
                .until(() -> StoredRows.number(
                                "SELECT coalesce(sum(p.events), 0) FROM activity_player p JOIN board b ON b.id = p.board_id"
                                        + " WHERE b.name = ?",
                                board)
                        == 8);
        awaitCounted(5);
    }

    /** A follower counts the events of a day, a moment later. */
    private void awaitCounted(int events) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.get(path("/activity?from=" + next + "&to=" + next))
                        .expect(200)
                        .json()
                        .at("/days/0/events")
                        .asInt())
                .isEqualTo(events));
    }

    @AfterEach
    void forget() {
        redis.on();
        api.delete(ANN);
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"visibility\":\"HIDDEN\"", "\"banned\":{\"reason\":\"Two accounts\"}"})
    void noAnswerShowsThePlayer(String out) {
        api.put(ANN, record("\"visibility\":\"PUBLIC\"")).expect(201);
        List.of("ann", "bob")
                .forEach(player -> api.post(FIRST + "/update", "{\"user_id\":\"" + player + "\",\"count\":3}")
                        .expect(200));
        List<Read> reads = reads();
        awaitRedis();
        Map<Read, String> before = answers(reads);
        assertThat(before.entrySet().stream().filter(one -> shows(one.getKey(), one.getValue())))
                .hasSizeGreaterThan(100);
        api.put(ANN, record(out)).expect(200);
        assertNobodySees(answers(reads));
        assertThat(ranks("/rankings/daily")).containsExactly("bob 1", "cyd 1");
        assertThat(ranks("/rankings/daily?window=" + day)).containsExactly("bob 2", "cyd 3");
        assertThat(ranks("/rankings/last_7_days")).containsExactly("bob 1", "cyd 2");
        assertStoresAgree();
        api.put(ANN, record("\"visibility\":\"PUBLIC\"")).expect(200);
        awaitRedis();
        assertSame(before, answers(reads));
    }

    @Test
    void noAnswerOfAFrozenBoardShowsThePlayer() {
        freeze();
        List<Read> reads = reads();
        Map<Read, String> before = answers(reads);

        hide();
        assertNobodySees(answers(reads));
        assertThat(ranks("/rankings/weekly")).containsExactly("bob 2", "cyd 3");

        api.delete(ANN).expect(204);
        assertSame(before, answers(reads));
        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);
    }

    @Test
    void postgresAndRedisShowTheSame() {
        hide();
        List<String> fromRedis = everyRanking("REDIS");

        redis.off();
        assertThat(everyRanking("POSTGRES")).isEqualTo(fromRedis);
        redis.on();
    }

    @Test
    void aBanEndsByItselfOnTime() {
        List<String> before = ranks("/rankings/weekly");
        api.put(ANN, record("\"banned\":{\"reason\":\"Abuse\",\"until\":\"" + next + "T20:05:00Z\"}"))
                .expect(201);
        stand(next + "T20:04:59Z");
        assertThat(ranks("/rankings/weekly")).containsExactly("bob 1", "cyd 2");

        stand(next + "T20:05:00Z");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ranks("/rankings/weekly")).isEqualTo(before));
        assertThat(ranks("/rankings/last_30_days")).hasSize(3);
    }

    @Test
    void scoresCountWhileAPlayerTakesNoRank() {
        hide();

        JsonNode standing = score("ann", 3).path("standings").path("WEEKLY");
        assertThat(standing.path("score").asInt()).isEqualTo(20);
        assertThat(standing.has("rank")).isFalse();
        assertThat(ranks("/rankings/weekly")).containsExactly("bob 1", "cyd 2");

        api.delete(ANN).expect(204);
        assertThat(ranks("/rankings/weekly")).containsExactly("ann 1", "bob 2", "cyd 3");
        assertStoresAgree();
        assertThat(api.get(path("/rankings/weekly/players/ann"))
                        .expect(200)
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(20);
    }

    @Test
    void aWindowClosedMeanwhileStaysWithoutThePlayer() {
        hide();
        stand(third + "T00:10:00Z");
        OnEventLoop.await(rollover::closeDue);
        assertThat(ranks("/rankings/daily?window=" + next)).containsExactly("bob 1", "cyd 1");
        JsonNode sevenDays = api.get(path("/rankings/last_7_days")).expect(200).json();
        assertThat(sevenDays.path("total").asInt()).isEqualTo(2);

        api.delete(ANN).expect(204);

        assertThat(ranks("/rankings/daily?window=" + next)).containsExactly("bob 1", "cyd 1");
        // The day still counts in what is made of days.
        assertThat(api.get(path("/rankings/last_7_days/players/ann"))
                        .expect(200)
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(17);
        assertThat(ranks("/rankings/weekly")).containsExactly("ann 1", "bob 2", "cyd 3");
    }

    @Test
    void whatADeadProcessHasNotShownAnotherOneShows() {
        hide();
        assertThat(ranks("/rankings/weekly")).hasSize(2);

        // As if a process had changed the record and died before it reached Redis.
        StoredRows.change("UPDATE player SET visibility = 'PUBLIC' WHERE id = 'ann'");
        StoredRows.change("UPDATE unranked_change SET since = since - interval '1 minute' WHERE player_id = 'ann'");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ranks("/rankings/weekly")).hasSize(3));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        StoredRows.number("SELECT count(*) FROM unranked_change WHERE player_id = 'ann'"))
                .isZero());
    }

    @Test
    void withRedisAwayThePlayerIsTakenOutAllTheSame() {
        redis.off();
        hide();
        assertThat(ranks("/rankings/weekly")).containsExactly("bob 1", "cyd 2");

        redis.on();
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode weekly = api.get(path("/rankings/weekly")).expect(200).json();
            assertThat(weekly.path("source").asText()).isEqualTo("REDIS");
            assertThat(weekly.path("entries")).hasSize(2);
        });
    }

    @Test
    void pagesOfAnArchiveHaveNoGapsAndNoRepetitions() {
        hide();
        String closed = "/rankings/daily?window=" + day;

        assertThat(ranks(closed + "&limit=1")).containsExactly("bob 2");
        assertThat(ranks(closed + "&limit=1&offset=1")).containsExactly("cyd 3");
        JsonNode first = api.get(path(closed + "&limit=1")).expect(200).json();
        assertThat(ranks("/rankings/daily?limit=1&cursor=" + first.path("next").asText()))
                .containsExactly("cyd 3");
        JsonNode cyd = api.get(path("/rankings/daily/players/cyd?window=" + day))
                .expect(200)
                .json();
        assertThat(cyd.at("/ahead/playerId").asText()).isEqualTo("bob");
        assertThat(api.get(path("/rankings/daily/players/bob?window=" + day))
                        .expect(200)
                        .json()
                        .hasNonNull("ahead"))
                .isFalse();
    }

    /** Its members of the moment are ranked among each other, while the archive keeps its places. */
    @Test
    void aSegmentOfAClosedWindowIsRankedWithoutThePlayer() {
        String group = "/api/v1/groups/class/" + board;
        api.put(group, "{\"title\":\"Shown\"}").expect(201);
        api.post(group + "/members", "{\"change\":\"ADD\",\"playerIds\":[\"ann\",\"bob\",\"cyd\"]}")
                .expect(200);
        String closed = "/rankings/daily?window=" + day;
        assertThat(ranks(closed + "&segment=class:" + board)).containsExactly("ann 1", "bob 2", "cyd 3");

        hide();

        assertThat(ranks(closed + "&segment=class:" + board)).containsExactly("bob 1", "cyd 2");
        assertThat(ranks(closed)).containsExactly("bob 2", "cyd 3");
        api.delete(group).expect(204);
    }

    private void hide() {
        api.put(ANN, record("\"visibility\":\"HIDDEN\"")).expect(201);
    }

    private static String record(String rest) {
        return "{\"displayName\":\"Ann\",\"username\":\"ann\"," + rest + "}";
    }

    private void freeze() {
        api.put(path("/freeze"), "").expect(201);
        stand(next + "T20:00:20Z");
    }

    private List<Read> reads() {
        String cursor = api.get(path("/rankings/daily?limit=1"))
                .expect(200)
                .json()
                .path("next")
                .asText();
        String week = "%d-W%02d"
                .formatted(tuesday.get(IsoFields.WEEK_BASED_YEAR), tuesday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        JsonNode document = api.get("/q/openapi?format=json").expect(200).json();
        return new PublicReads(document, PublicValues.of(board, cursor, List.of(day, next, third), week))
                .all().stream()
                        .filter(read -> !OF_RECORDS.matcher(read.address()).matches())
                        .toList();
    }

    private Map<Read, String> answers(List<Read> reads) {
        Map<Read, String> answers = new LinkedHashMap<>();
        for (Read read : reads) {
            Reply reply = read.body() == null ? api.get(read.address()) : api.post(read.address(), read.body());
            assertThat(reply.status()).as("%s", reply).isLessThan(500);
            answers.put(read, describe(reply));
        }
        return answers;
    }

    /** Status, tag and content: the rest has to do with the moment. */
    private static String describe(Reply reply) {
        return reply.status() + " " + reply.headers().firstValue("ETag").orElse("") + "\n" + reply.text();
    }

    private static boolean shows(Read read, String answer) {
        return NAMED.matcher(MISSING.matcher(answer).replaceAll("")).find();
    }

    /** Who is named in a question is as unknown as somebody who has never played. */
    private static void assertNobodySees(Map<Read, String> after) {
        List<String> betrayed = new ArrayList<>();
        after.forEach((read, answer) -> {
            String unnamed = NAMED.matcher(read.address()).replaceAll("nobody");
            boolean named = !unnamed.equals(read.address());
            if (named
                    ? !content(answer).equals(content(after.get(new Read(unnamed, read.body()))))
                    : shows(read, answer)) {
                betrayed.add(read.address() + "\n" + answer);
            }
        });
        assertThat(betrayed.stream().limit(20))
                .as("%d of %d answers show the player", betrayed.size(), after.size())
                .isEmpty();
    }

    private static String content(String answer) {
        String tagless = answer.replaceFirst("W/\"[0-9a-f]+\"", "");
        return NAMED.matcher(tagless).replaceAll("nobody");
    }

    private static void assertSame(Map<Read, String> before, Map<Read, String> after) {
        Map<String, String> changed = new LinkedHashMap<>();
        before.forEach((read, answer) -> {
            if (!answer.equals(after.get(read))) {
                changed.put(read.address(), answer + "\n  now: " + after.get(read));
            }
        });
        assertThat(changed.entrySet().stream().limit(10))
                .as("%d of %d answers differ", changed.size(), before.size())
                .isEmpty();
    }

    private void assertStoresAgree() {
        JsonNode audit =
                api.post("/api/v1/admin/audit?board=" + board, "").expect(200).json();
        assertThat(audit.path("rowsDifferent").asInt()).as("%s", audit).isZero();
    }

    /** Everything of the open windows that either store may answer. */
    private List<String> everyRanking(String source) {
        List<String> all = new ArrayList<>();
        for (String period : List.of("daily", "weekly", "monthly", "yearly", "all_time", "season", "last_7_days")) {
            for (String metric : List.of("power", "kills")) {
                String query = "/rankings/" + period + "?metric=" + metric;
                String named = "\"source\":\"" + source + "\"";
                String page = await().atMost(PATIENCE)
                        .until(() -> api.get(path(query)).expect(200).text(), text -> text.contains(named));
                all.add(page.replace(named, ""));
            }
        }
        return all;
    }

    /** Answers tell their store, and a busy machine takes its time to load a window into Redis. */
    private void awaitRedis() {
        everyRanking("REDIS");
        await().atMost(PATIENCE)
                .until(
                        () -> api.get(path("/rankings/last_30_days"))
                                .expect(200)
                                .text(),
                        text -> text.contains("\"source\":\"REDIS\""));
    }

    private List<String> ranks(String query) {
        List<String> ranks = new ArrayList<>();
        api.get(path(query))
                .expect(200)
                .json()
                .path("entries")
                .forEach(entry -> ranks.add(entry.path("playerId").asText() + " "
                        + entry.path("rank").asLong()));
        return ranks;
    }

    private String path(String rest) {
        return "/api/v1/boards/" + board + rest;
    }

    private JsonNode score(String player, int score) {
        return api.submit(
                        board,
                        "{\"playerId\":\"%s\",\"score\":%d,\"metrics\":{\"kills\":%d}}"
                                .formatted(player, score, 9 - score))
                .expect(200)
                .json();
    }

    private void stand(String instant) {
        clock.stopAt(Instant.parse(instant));
    }
}
