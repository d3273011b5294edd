package dev.laurel.ranking;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.SmallRanking;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Pages of rankings: their order, their edges, their windows, and what is refused. */
@QuarkusTest
class RankingsComponentTest {

    private static final String DAY = "window=" + SmallRanking.DAY;

    @TestHTTPResource
    URI service;

    private LaurelApi api;
    private String board;

    @BeforeEach
    void aSmallRanking() {
        api = new LaurelApi(service);
        board = SmallRanking.on(api);
    }

    @Test
    void aRankingIsAnsweredWithAllItSays() {
        JsonNode ranking = daily(DAY);

        assertThat(ranking.path("board").asText()).isEqualTo(board);
        assertThat(ranking.path("period").asText()).isEqualToIgnoringCase("daily");
        assertThat(ranking.path("total").asInt()).isEqualTo(7);
        assertThat(ranking.path("source").asText()).isEqualTo("REDIS");
        assertThat(Instant.parse(ranking.path("asOf").asText())).isNotNull();
        assertThat(ranking.hasNonNull("next")).isFalse();
        assertThat(players(ranking)).isEqualTo(SmallRanking.PLAYERS);
        assertThat(ranks(ranking)).isEqualTo(SmallRanking.RANKS);
        for (JsonNode entry : ranking.path("entries")) {
            assertThat(entry.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("rank", "playerId", "score", "achievedAt");
        }
        JsonNode cyd = ranking.path("entries").get(1);
        assertThat(cyd.path("score").decimalValue()).isEqualByComparingTo("40");
        assertThat(Instant.parse(cyd.path("achievedAt").asText())).isEqualTo("2025-03-30T09:59:59.999Z");
    }

    @Test
    void ordinalRanksGoOnInsideATie() {
        BoardSpec ordinal = aBoard("ordinal").ordinal().allTime().build();
        api.putBoard(ordinal).expect(201);
        for (String player : List.of("ann", "bob", "cyd")) {
            api.submit(ordinal.id(), ScoreEvent.of(player, "5")).expect(200);
        }

        assertThat(ranks(api.top(ordinal.id(), Period.ALL_TIME, "").expect(200).json()))
                .containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "DAILY, 2025-03-30, 2025-03-29T23:00:00Z, 2025-03-30T22:00:00Z, 7",
        "DAILY, 2025-03-31, 2025-03-30T22:00:00Z, 2025-03-31T22:00:00Z, 1",
        "WEEKLY, 2025-W13, 2025-03-23T23:00:00Z, 2025-03-30T22:00:00Z, 7",
        "WEEKLY, 2025-W14, 2025-03-30T22:00:00Z, 2025-04-06T22:00:00Z, 1",
        "MONTHLY, 2025-03, 2025-02-28T23:00:00Z, 2025-03-31T22:00:00Z, 8",
        "DAILY, 2025-06-01, 2025-05-31T22:00:00Z, 2025-06-01T22:00:00Z, 0",
        "WEEKLY, 2020-W53, 2020-12-27T23:00:00Z, 2021-01-03T23:00:00Z, 0",
    })
    void aWindowIsReadByItsId(Period period, String window, String start, String end, int total) {
        JsonNode ranking =
                api.top(board, period, "window=" + window).expect(200).json();

        assertThat(ranking.path("window").path("id").asText()).isEqualTo(window);
        assertThat(Instant.parse(ranking.path("window").path("start").asText())).isEqualTo(start);
        assertThat(Instant.parse(ranking.path("window").path("end").asText())).isEqualTo(end);
        assertThat(ranking.path("window").path("state").asText()).isEqualTo("OPEN");
        assertThat(ranking.path("total").asInt(-1)).isEqualTo(total);
        assertThat(ranking.path("entries")).hasSize(total);
    }

    @Test
    void withoutAWindowTheCurrentOneIsRead() {
        BoardSpec utc = aBoard("current").build();
        api.putBoard(utc).expect(201);
        Instant before = Instant.now();

        String window = api.top(utc.id(), Period.DAILY, "")
                .expect(200)
                .json()
                .path("window")
                .path("id")
                .asText();

        assertThat(window)
                .isIn(
                        Period.DAILY.windowAt(before, ZoneOffset.UTC),
                        Period.DAILY.windowAt(Instant.now(), ZoneOffset.UTC));
        JsonNode all = api.top(utc.id(), Period.ALL_TIME, "").expect(200).json();
        assertThat(all.path("window").path("id").asText()).isEqualTo("all");
        assertThat(all.path("total").asInt(-1)).isZero();
        assertThat(all.path("entries").isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "2, 2", "3, 3", "3, 5", "1000, 6", "10, 7", "10, 1000"})
    void anOffsetStartsAnywhere(int limit, int offset) {
        JsonNode page = daily(DAY + "&limit=" + limit + "&offset=" + offset);

        int from = Math.min(offset, 7);
        int to = Math.min(offset + limit, 7);
        assertThat(players(page)).isEqualTo(SmallRanking.PLAYERS.subList(from, to));
        assertThat(ranks(page)).isEqualTo(SmallRanking.RANKS.subList(from, to));
        assertThat(page.path("total").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void aCursorGoesThroughTiesWithoutLossOrRepetition(int limit) {
        List<String> seen = new ArrayList<>();
        List<Integer> ranks = new ArrayList<>();
        String query = DAY + "&limit=" + limit;
        JsonNode page = daily(query);
        while (page.hasNonNull("next")) {
            assertThat(page.path("entries")).hasSize(limit);
            seen.addAll(players(page));
            ranks.addAll(ranks(page));
            page = daily(query + "&cursor=" + cursor(page));
        }
        seen.addAll(players(page));
        ranks.addAll(ranks(page));

        assertThat(seen).isEqualTo(SmallRanking.PLAYERS);
        assertThat(ranks).isEqualTo(SmallRanking.RANKS);
    }

    @Test
    void aCursorKnowsItsWindow() {
        JsonNode first = daily(DAY + "&limit=2");

        JsonNode second = daily("limit=2&cursor=" + cursor(first));

        assertThat(second.path("window").path("id").asText()).isEqualTo(SmallRanking.DAY);
        assertThat(players(second)).containsExactly("bob", "dan");
        String elsewhere = "window=2025-03-31&cursor=" + cursor(first);
        assertProblem(api.top(board, Period.DAILY, elsewhere), 422, "cursor");
    }

    @Test
    void aCursorOfAnotherRankingIsRefused() {
        String metrics = "{\"title\":\"m\",\"metrics\":[\"score\",\"kills\"],\"periods\":[\"WEEKLY\",\"ALL_TIME\"]}";
        String one = board + "-one";
        String other = board + "-two";
        for (String name : List.of(one, other)) {
            api.putBoard(name, metrics).expect(201);
            for (String player : List.of("ann", "bob", "cyd")) {
                api.submit(name, "{\"playerId\":\"%s\",\"score\":1,\"metrics\":{\"kills\":2}}".formatted(player))
                        .expect(200);
            }
        }
        String cursor = allTimeCursor(one, "limit=1");
        String kills = allTimeCursor(one, "limit=1&metric=kills");

        api.top(one, Period.ALL_TIME, "metric=score&cursor=" + cursor).expect(200);
        api.top(one, Period.ALL_TIME, "metric=kills&cursor=" + kills).expect(200);
        assertProblem(api.top(other, Period.ALL_TIME, "cursor=" + cursor), 422, "cursor");
        assertProblem(api.top(one, Period.WEEKLY, "cursor=" + cursor), 422, "cursor");
        assertProblem(api.top(one, Period.ALL_TIME, "metric=kills&cursor=" + cursor), 422, "cursor");
        assertProblem(api.top(one, Period.ALL_TIME, "cursor=" + kills), 422, "cursor");

        api.deleteBoard(one).expect(204);
        api.putBoard(one, metrics).expect(201);
        assertProblem(api.top(one, Period.ALL_TIME, "cursor=" + cursor), 422, "cursor");
    }

    private String allTimeCursor(String name, String query) {
        return cursor(api.top(name, Period.ALL_TIME, query).expect(200).json());
    }

    @Test
    void aCursorPassesWhoArrivesMeanwhile() {
        JsonNode first = daily(DAY + "&limit=3");
        api.submit(board, ScoreEvent.of("zoe", "45").at("2025-03-30T08:00:00Z")).expect(200);

        JsonNode second = daily(DAY + "&limit=10&cursor=" + cursor(first));

        assertThat(players(second)).containsExactly("dan", "eve", "fay", "gil");
        assertThat(ranks(second)).containsExactly(5, 5, 5, 8);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=1001, limit",
        "limit=-1, limit",
        "limit=abc, limit",
        "limit=1.5, limit",
        "limit=99999999999999999999, limit",
        "offset=-1, offset",
        "offset=abc, offset",
        "cursor=abc, cursor",
        "cursor=%00, cursor",
        "window=yesterday, window",
        "window=2025-13-01, window",
        "window=2025-02-30, window",
        "window=2025-W13, window",
        "window=2025-03, window",
        "window=all, window",
        "window=%00, window",
    })
    void aQueryThatIsNotOneNamesTheParameter(String query, String parameter) {
        assertProblem(api.top(board, Period.DAILY, query), 422, parameter);
    }

    @ParameterizedTest
    @CsvSource({"WEEKLY, 2025-W54", "WEEKLY, 2025-W53", "WEEKLY, 2025-W00", "MONTHLY, 2025-13", "ALL_TIME, 2025"})
    void aWindowThatCannotBeIsNamed(Period period, String window) {
        assertProblem(api.top(board, period, "window=" + window), 422, "window");
        assertProblem(api.player(board, period, "ada", "window=" + window), 422, "window");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hourly", "fortnightly", "day"})
    void anUnknownPeriodIsNamed(String word) {
        String ranking = LaurelApi.ranking(board, word);

        assertProblem(api.get(ranking), 422, "period");
        assertProblem(api.get(ranking + "/players/ada"), 422, "period");
        assertProblem(api.get(ranking + "/players/ada/neighbours"), 422, "period");
        assertProblem(api.post(ranking + "/lookup", "{\"playerIds\":[\"ada\"]}"), 422, "period");
    }

    @Test
    void aPeriodTheBoardDoesNotKeepIsNotFound() {
        assertProblem(api.top(board, Period.YEARLY, ""), 404);
        assertProblem(api.player(board, Period.YEARLY, "ada", ""), 404);
        assertProblem(api.top(board + "-unknown", Period.DAILY, ""), 404);
    }

    private JsonNode daily(String query) {
        return api.top(board, Period.DAILY, query).expect(200).json();
    }

    private static String cursor(JsonNode page) {
        return LaurelApi.segment(page.path("next").asText());
    }

    private static List<String> players(JsonNode ranking) {
        return ranking.path("entries").findValuesAsText("playerId");
    }

    private static List<Integer> ranks(JsonNode ranking) {
        List<Integer> ranks = new ArrayList<>();
        ranking.path("entries").forEach(entry -> ranks.add(entry.path("rank").asInt()));
        return ranks;
    }
}
