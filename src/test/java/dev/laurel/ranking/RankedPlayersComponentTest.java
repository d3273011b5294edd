package dev.laurel.ranking;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.SmallRanking;
import dev.laurel.testing.Wire;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A player in a ranking: the own place, the neighbours, the friends. */
@QuarkusTest
class RankedPlayersComponentTest {

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
    void aPlaceIsToldWithWhoIsAheadAndBehind() {
        JsonNode bob = api.player(board, Period.DAILY, "bob", DAY).expect(200).json();

        assertThat(bob.path("ranked").asBoolean()).isTrue();
        assertThat(bob.path("playerId").asText()).isEqualTo("bob");
        assertThat(bob.path("rank").asInt()).isEqualTo(2);
        assertThat(bob.path("score").decimalValue()).isEqualByComparingTo("40");
        assertThat(bob.path("achievedAt").asText()).startsWith("2025-03-30T10:00:00");
        assertThat(bob.path("total").asInt()).isEqualTo(7);
        assertThat(bob.path("window").path("id").asText()).isEqualTo(SmallRanking.DAY);
        assertThat(bob.path("source").asText()).isEqualTo("REDIS");
        // Better than four, equal with two (itself and cyd): (4 + 2 / 2) of 7.
        assertThat(bob.path("percentile").asDouble()).isBetween(71.42, 71.44);
        assertNeighbour(bob.path("ahead"), "cyd", "0");
        assertNeighbour(bob.path("behind"), "dan", "10");
    }

    @Test
    void nobodyIsAheadOfTheFirstAndNobodyBehindTheLast() {
        JsonNode first = api.player(board, Period.DAILY, "ada", DAY).expect(200).json();
        JsonNode last = api.player(board, Period.DAILY, "gil", DAY).expect(200).json();

        assertThat(first.hasNonNull("ahead")).isFalse();
        assertNeighbour(first.path("behind"), "cyd", "10");
        assertNeighbour(last.path("ahead"), "fay", "30");
        assertThat(last.hasNonNull("behind")).isFalse();
        assertThat(last.path("score").asInt(-1)).isZero();
        assertThat(last.path("rank").asInt()).isEqualTo(7);
    }

    @Test
    void aPlayerWithoutAStandingIsNotRankedAndOneNeverSeenIsNotFound() {
        Reply hal = api.player(board, Period.DAILY, "hal", DAY).expect(200);

        assertThat(hal.json().path("ranked").isBoolean()).isTrue();
        assertThat(hal.json().path("ranked").asBoolean()).isFalse();
        assertThat(hal.json().hasNonNull("rank")).as("rank in %s", hal).isFalse();
        assertThat(hal.json().hasNonNull("score")).as("score in %s", hal).isFalse();
        assertProblem(api.player(board, Period.DAILY, "never-on-" + board, DAY), 404);
        assertProblem(api.neighbours(board, Period.DAILY, "never-on-" + board, DAY), 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada | 1    | ada cyd",
                "ada | 3    | ada cyd bob dan",
                "cyd | 1    | ada cyd bob",
                "bob | 2    | ada cyd bob dan eve",
                "eve | 1    | dan eve fay",
                "fay | 2    | dan eve fay gil",
                "gil | 1    | fay gil",
                "gil | 3    | dan eve fay gil",
                "dan | 10   | ada cyd bob dan eve fay gil",
            })
    void neighboursEndWhereTheRankingEnds(String player, int radius, String expected) {
        JsonNode answer = api.neighbours(board, Period.DAILY, player, DAY + "&radius=" + radius)
                .expect(200)
                .json();

        List<String> players = answer.path("entries").findValuesAsText("playerId");
        assertThat(players).containsExactly(expected.split(" "));
        for (JsonNode entry : answer.path("entries")) {
            int index = SmallRanking.PLAYERS.indexOf(entry.path("playerId").asText());
            assertThat(entry.path("rank").asInt()).as("%s", entry).isEqualTo(SmallRanking.RANKS.get(index));
        }
    }

    @DisplayName("trap 16: around a player inside a tie of hundreds")
    @Test
    void fiveNeighboursOnEachSideAreTheDefaultAlsoInsideATieOfHundreds() {
        BoardSpec crowd = aBoard("crowd").allTime().lateDays(3_650).build();
        api.putBoard(crowd).expect(201);
        List<String> players = IntStream.range(0, 300)
                .mapToObj(number -> "p%03d".formatted(number))
                .collect(Collectors.toList());
        InOrder.forEach(players, player -> api.submit(
                        crowd.id(), ScoreEvent.of(player, "1").at("2025-05-05T05:05:05.005Z"))
                .expect(200));

        JsonNode answer = api.neighbours(crowd.id(), Period.ALL_TIME, "p150", "")
                .expect(200)
                .json();
        JsonNode own =
                api.player(crowd.id(), Period.ALL_TIME, "p150", "").expect(200).json();

        assertThat(answer.path("entries").findValuesAsText("playerId")).isEqualTo(players.subList(145, 156));
        assertThat(answer.path("entries").findValuesAsText("rank")).containsOnly("1");
        assertThat(own.path("rank").asInt()).isEqualTo(1);
        assertThat(own.path("percentile").asDouble()).isBetween(49.99, 50.01);
        assertNeighbour(own.path("ahead"), "p149", "0");
        assertNeighbour(own.path("behind"), "p151", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "1.5", "1000000000"})
    void aRadiusOutsideItsBoundsIsNamed(String radius) {
        assertProblem(api.neighbours(board, Period.DAILY, "ada", DAY + "&radius=" + radius), 422, "radius");
    }

    @Test
    void friendsAreListedInRankingOrderWithTheirRankAmongThemselves() {
        List<String> friends = List.of("gil", "never-on-" + board, "eve", "dan", "hal", "cyd");

        JsonNode answer =
                api.lookup(board, Period.DAILY, friends, DAY).expect(200).json();

        JsonNode entries = answer.path("entries");
        assertThat(entries.findValuesAsText("playerId")).containsExactly("cyd", "dan", "eve", "gil");
        assertThat(entries.findValuesAsText("rank")).containsExactly("2", "4", "4", "7");
        assertThat(entries.findValuesAsText(Wire.RANK_AMONG)).containsExactly("1", "2", "2", "4");
    }

    @Test
    void aFriendNamedTwiceIsListedOnce() {
        JsonNode answer = api.lookup(board, Period.DAILY, List.of("ada", "ada"), DAY)
                .expect(200)
                .json();

        assertThat(answer.path("entries").findValuesAsText("playerId")).containsExactly("ada");
    }

    @DisplayName("trap 24: a thousand players in one lookup and no more")
    @Test
    void aThousandFriendsMayBeLookedUpAndNoMore() {
        List<String> friends = new ArrayList<>(List.of("ada"));
        IntStream.range(1, 1_000).forEach(number -> friends.add("friend-" + number));

        JsonNode answer =
                api.lookup(board, Period.DAILY, friends, DAY).expect(200).json();
        friends.add("one-too-many");

        assertThat(answer.path("entries")).hasSize(1);
        assertProblem(api.lookup(board, Period.DAILY, friends, DAY), 422, "playerIds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"playerIds\":null}",
                "{\"playerIds\":\"ada\"}",
                "{\"playerIds\":[\"a  b\"]}",
                "{\"playerIds\":[null]}",
                "{\"playerIds\":[\"a\\u0000\"]}"
            })
    void aLookupThatIsNotOneNamesTheField(String body) {
        assertProblem(api.post(LaurelApi.ranking(board, "daily") + "/lookup", body), 422, "playerIds");
    }

    @Test
    void anIllegalPlayerIdIsNoFaultOfTheService() {
        for (String player : List.of(" a", "a ", "a\0b", "e\u0301", "x".repeat(129))) {
            assertThat(api.player(board, Period.DAILY, player, DAY).status())
                    .as("status for '%s'", player)
                    .isBetween(400, 499);
        }
    }

    private static void assertNeighbour(JsonNode neighbour, String player, String gap) {
        assertThat(neighbour.path("playerId").asText()).isEqualTo(player);
        assertThat(neighbour.path("gap").decimalValue()).isEqualByComparingTo(gap);
    }
}
