package dev.laurel.standings.freeze;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.testing.FreezeScene;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.RankingPicture;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the public sees of a frozen board while scoring goes on, and what administrators do. */
@QuarkusTest
class FreezeComponentTest extends FreezeScene {
    @Inject
    RedisLinks redis;

    @Test
    void everyAnswerIsThatOfTheInstantWhileScoringGoesOn() {
        String board = filled(aBoard("freeze").daily());
        List<String> before = RankingPicture.of(api, board, Period.DAILY, DAY, "REDIS");
        List<String> statistics = statistics(board);
        freeze(board);

        submit(board, ScoreEvent.of("p00", "100"));
        submit(board, ScoreEvent.of("p07", "-50"));
        submit(board, ScoreEvent.of("new", "7"));

        assertThat(RankingPicture.of(api, board, Period.DAILY, DAY, "FROZEN")).isEqualTo(before);
        assertThat(statistics(board)).isEqualTo(statistics);
        // Nobody hears that this player has scored.
        api.player(board, Period.DAILY, "new", "").expect(404);
    }

    @Test
    void everyRankModeAndTieRuleIsFrozenAsItWas() {
        for (String mode : List.of("DENSE", "ORDINAL")) {
            String board = filled(
                    aBoard("freeze").daily().rankMode(mode).tieBreak("LATEST").ascending());
            List<String> before = RankingPicture.of(api, board, Period.DAILY, DAY, "REDIS");
            freeze(board);

            submit(board, ScoreEvent.of("p03", "1"));

            assertThat(RankingPicture.of(api, board, Period.DAILY, DAY, "FROZEN"))
                    .as(mode)
                    .isEqualTo(before);
            stand("2024-05-14T20:00:00Z");
        }
    }

    @Test
    void theFirstEventBehindTheInstantIsNotInTheSnapshot() {
        String board = two();
        freeze(board);

        submit(board, ScoreEvent.of("ann", "100"));

        assertThat(players(board, "")).containsExactly("bob", "ann");
        assertThat(frozen(board, "").path("entries").findValuesAsText("score")).containsExactly("5", "3");
    }

    @Test
    void anEventJustBeforeTheInstantIsInTheSnapshot() {
        String board = two();
        api.put(path(board), "").expect(201);
        stand("2024-05-14T20:00:09.999Z");
        submit(board, ScoreEvent.of("ann", "100"));
        stand(INSTANT);

        assertThat(players(board, "")).containsExactly("ann", "bob");
    }

    @Test
    void receiptsTellNoRanksAndReplaysNeither() {
        String board = two();
        JsonNode early = submit(board, ScoreEvent.of("ann", "1").withId("early"));
        freeze(board);

        JsonNode receipt = submit(board, ScoreEvent.of("ann", "9").withId("late"));
        JsonNode replay = submit(board, ScoreEvent.of("ann", "9").withId("late"));
        JsonNode earlyReplay = submit(board, ScoreEvent.of("ann", "1").withId("early"));
        reveal(board);
        JsonNode revealed = submit(board, ScoreEvent.of("ann", "9").withId("late"));

        assertThat(early.path("standings").path("DAILY").has("rank")).isTrue();
        assertThat(earlyReplay.path("standings")).isEqualTo(early.path("standings"));
        for (JsonNode one : List.of(receipt, replay, revealed)) {
            JsonNode own = one.path("standings").path("DAILY");
            assertThat(own.path("score").asInt()).isEqualTo(13);
            assertThat(own.has("rank") || own.has("previousRank") || own.has("total"))
                    .as("ranks in %s", one)
                    .isFalse();
        }
        assertThat(submit(board, ScoreEvent.of("ann", "1"))
                        .path("standings")
                        .path("DAILY")
                        .path("rank")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void anEmptiedRedisChangesNothing() {
        String board = two();
        freeze(board);
        submit(board, ScoreEvent.of("ann", "9"));
        assertThat(players(board, "")).containsExactly("bob", "ann");

        OnEventLoop.await(() -> redis.sendToAll(Request.cmd(Command.FLUSHALL)));

        assertThat(players(board, "limit=5")).containsExactly("bob", "ann");
        submit(board, ScoreEvent.of("ann", "9"));
        assertThat(players(board, "limit=6")).containsExactly("bob", "ann");
        reveal(board);
        assertThat(top(board).path("entries").findValuesAsText("playerId")).containsExactly("ann", "bob");
    }

    @Test
    void aPageKnownToAClientChangesWhenTheFreezeIsRevealed() {
        String board = two();
        freeze(board);
        submit(board, ScoreEvent.of("ann", "9"));
        var frozen = api.top(board, Period.DAILY, "").expect(200);

        api.top(board, Period.DAILY, "", "If-None-Match", frozen.header("ETag")).expect(304);
        assertThat(frozen.header("Cache-Control")).isEqualTo("no-cache");
        reveal(board);
        api.top(board, Period.DAILY, "", "If-None-Match", frozen.header("ETag")).expect(200);
    }

    @Test
    void administratorsSeeTheRankingAsItIs() {
        String board = two();
        freeze(board);
        submit(board, ScoreEvent.of("ann", "9"));
        assertThat(players(board, "")).containsExactly("bob", "ann");

        JsonNode page = live(board, "?limit=1").expect(200).json();
        JsonNode ann = live(board, "/players/ann").expect(200).json();

        assertThat(page.path("source").asText()).isEqualTo("REDIS");
        assertThat(page.path("entries").findValuesAsText("playerId")).containsExactly("ann");
        assertThat(live(board, "?cursor=" + page.path("next").asText())
                        .expect(200)
                        .json()
                        .path("entries")
                        .findValuesAsText("playerId"))
                .containsExactly("bob");
        assertThat(ann.path("rank").asInt()).isEqualTo(1);
        assertThat(api.player(board, Period.DAILY, "ann", "")
                        .expect(200)
                        .json()
                        .path("rank")
                        .asInt())
                .isEqualTo(2);
        assertThat(players(board, "limit=7")).containsExactly("bob", "ann");
        live(board, "?window=tomorrow").expect(422);
        live(board, "?metric=nope").expect(422);
    }

    @Test
    void eachMetricIsFrozen() {
        String board = putBoard(aBoard("freeze").daily().metrics(List.of("power", "kills")));
        submit(board, both("ann", 1, 9));
        submit(board, both("bob", 2, 8));
        freeze(board);

        submit(board, both("bob", 5, 5));

        assertThat(players(board, "metric=kills")).containsExactly("ann", "bob");
        assertThat(frozen(board, "metric=kills").path("entries").findValuesAsText("score"))
                .containsExactly("9", "8");
        assertThat(players(board, "metric=power")).containsExactly("bob", "ann");
        assertThat(live(board, "?metric=kills")
                        .expect(200)
                        .json()
                        .path("entries")
                        .findValuesAsText("playerId"))
                .containsExactly("bob", "ann");
        JsonNode receipt = submit(board, both("ann", 1, 1));
        assertThat(receipt.findValues("rank")).as("ranks in %s", receipt).isEmpty();
    }

    @Test
    void theDisqualifiedAreNotInTheSnapshot() {
        String board = two();
        api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/daily/players/bob/disqualification",
                        "{\"reason\":\"a second account\",\"author\":\"judge\"}")
                .expect(200);
        freeze(board);

        assertThat(players(board, "")).containsExactly("ann");
        assertThat(frozen(board, "").path("total").asInt()).isEqualTo(1);
    }

    private static ScoreEvent both(String player, int power, int kills) {
        return new ScoreEvent(
                player, BigDecimal.valueOf(power), null, null, Map.of("kills", BigDecimal.valueOf(kills)));
    }

    private String two() {
        String board = putBoard(aBoard("freeze").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "5"));
        return board;
    }

    private List<String> statistics(String board) {
        String ranking = LaurelApi.ranking(board, "daily");
        List<String> answers = new ArrayList<>();
        for (String question : List.of("/what-if?score=2", "/percentiles?at=10,50,99", "?minScore=0&maxScore=2")) {
            answers.add(api.get(ranking + question).expect(200).text().replaceAll("\"(source|asOf)\":\"[^\"]*\"", ""));
        }
        for (String format : List.of("csv", "ndjson")) {
            answers.add(
                    api.get(ranking + "/export?format=" + format).expect(200).text());
        }
        return answers;
    }
}
