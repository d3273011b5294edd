package dev.laurel.web.challenges;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.laurel.testing.SentStatements;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Submissions to challenges, what they earn, and how they rank. */
@QuarkusTest
class SubmissionsComponentTest extends ChallengeScene {
    @Inject
    TestClock clock;

    @Inject
    MeterRegistry meters;

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void theFirstThatClearsEarnsThePoints() {
        clear("ann", "Reverse it.")
                .statusCode(200)
                .body("submission", notNullValue())
                .body("cleared", equalTo("FIRST"))
                .body("points", equalTo(100))
                .body("rank", equalTo(1))
                .body("best.length", equalTo(11))
                .body("best.score", nullValue())
                .body("standings.DAILY.score", equalTo(100))
                .body("standings.ALL_TIME.rank", equalTo(1));

        for (String period : new String[] {"daily", "weekly", "monthly", "yearly", "all_time"}) {
            ranking(period).body("entries.playerId", contains("ann")).body("entries.score", contains(100));
        }
    }

    @Test
    void aFurtherOneThatClearsEarnsNothing() {
        clear("ann", "Reverse it.").body("cleared", equalTo("FIRST"));

        clear("ann", "Turn.")
                .body("cleared", equalTo("AGAIN"))
                .body("points", equalTo(0))
                .body("best.length", equalTo(5))
                .body("standings", anEmptyMap());

        ranking("all_time").body("entries.score", contains(100));
    }

    @Test
    void oneThatClearsNothingIsKeptAlone() {
        miss("ann", "Hm")
                .body("cleared", equalTo("NO"))
                .body("points", equalTo(0))
                .body("rank", equalTo(1));

        ranking("all_time").body("entries", hasSize(0));
        clear("ann", "Reverse it.").body("cleared", equalTo("FIRST")).body("best.length", equalTo(11));
    }

    @Test
    void eachVariantAndPlayerCountsForItself() {
        clear("ann", "a").body("points", equalTo(100));
        submit(MINI, "ann", "a", true).body("cleared", equalTo("FIRST")).body("points", equalTo(250));
        clear("bob", "b").body("cleared", equalTo("FIRST"));

        ranking("all_time").body("entries.playerId", contains("ann", "bob")).body("entries.score", contains(350, 100));
    }

    @Test
    @DisplayName("trap 40: a clearing counts once, also after its event id was forgotten")
    void aClearingCountsOnceForEver() {
        clock.moveTo(Instant.now().minus(Duration.ofDays(9)));
        clear("ann", "a").body("cleared", equalTo("FIRST"));
        clock.moveTo(Instant.now().minus(Duration.ofDays(1)));

        StoredRows.change("DELETE FROM event_key WHERE event_id LIKE '~clear-%'");
        clear("ann", "a").body("cleared", equalTo("AGAIN"));

        ranking("all_time").body("entries.score", contains(100));
    }

    @Test
    void aRepetitionGetsTheFirstAnswer() {
        String key = UUID.randomUUID().toString();
        JsonPath first = submitUnder(key, body("ann", "abc", true))
                .statusCode(200)
                .extract()
                .jsonPath();
        clear("bob", "a").body("rank", equalTo(1));
        clear("ann", "ab").body("cleared", equalTo("AGAIN"));

        JsonPath again = submitUnder(key, body("ann", "abc", true))
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(again.<Object>get("$")).isEqualTo(first.<Object>get("$"));
        assertThat(again.getString("cleared")).isEqualTo("FIRST");
        ranking("all_time").body("entries.score", contains(100, 100));
    }

    @Test
    void aRepetitionThatClearsNothingGetsTheFirstAnswer() {
        String key = UUID.randomUUID().toString();
        JsonPath first = submitUnder(key, body("ann", "abc", false))
                .statusCode(200)
                .extract()
                .jsonPath();
        miss("ann", "ab").statusCode(200);

        JsonPath again = submitUnder(key, body("ann", "abc", false))
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(again.<Object>get("$")).isEqualTo(first.<Object>get("$"));
        get("/api/v1/players/ann/submissions?limit=200")
                .body("items.findAll { it.challenge == '" + challenge + "' }", hasSize(2));
    }

    @ParameterizedTest
    @CsvSource({"bob, abc, true", "ann, abcd, true", "ann, abc, false"})
    void anotherSubmissionUnderTheKeyIsRefused(String player, String content, boolean cleared) {
        String key = UUID.randomUUID().toString();
        submitUnder(key, body("ann", "abc", true)).statusCode(200);

        submitUnder(key, body(player, content, cleared)).statusCode(409).body("detail", containsString(key));

        ranking("all_time").body("entries.playerId", contains("ann"));
    }

    @Test
    void aRepetitionIsAnsweredEvenAfterTheVariantHasClosed() {
        clock.stopAt(Instant.parse("2024-05-14T20:00:00Z"));
        patch(
                        path(),
                        "{\"variants\":{\"gpt-4o\":{\"opensAt\":\"2024-05-14T20:00:00Z\",\"closesAt\":\"2024-05-14T21:00:00Z\"}}}")
                .statusCode(200);
        String key = UUID.randomUUID().toString();
        submitUnder(key, body("ann", "abc", true)).statusCode(200).body("cleared", equalTo("FIRST"));

        clock.stopAt(Instant.parse("2024-05-14T21:00:00Z"));

        clear("bob", "b").statusCode(409).body("detail", containsString("closed"));
        submitUnder(key, body("ann", "abc", true))
                .statusCode(200)
                .body("cleared", equalTo("FIRST"))
                .body("standings.ALL_TIME.score", equalTo(100));
        clock.stopAt(Instant.parse("2024-05-14T19:59:59.999Z"));
        clear("bob", "b").statusCode(409).body("detail", containsString("opens"));
    }

    @Test
    void theBestOfEachPlayerAreRanked() {
        clear("ann", "1234567");
        clear("bob", "123");
        clear("cyd", "123");
        clear("ann", "12345");
        miss("dan", "1");

        get(submissions(GPT))
                .statusCode(200)
                .body("items.playerId", contains("bob", "cyd", "ann", "dan"))
                .body("items.rank", contains(1, 2, 3, 4))
                .body("items.length", contains(3, 3, 5, 1))
                .body("items.content", contains("123", "123", "12345", "1"))
                .body("items.cleared", contains(true, true, true, false))
                .body("pagination.total", equalTo(4));
        get(submissions(GPT) + "?limit=2&page=2").body("items.rank", contains(3, 4));
        get(submissions(GPT) + "?limit=2&page=3").body("items", hasSize(0)).body("pagination.total", equalTo(4));
        get(submissions(MINI)).body("items", hasSize(0));
    }

    @Test
    void theLengthIsThatOfCodePoints() {
        clear("ann", "äß👩‍🚀").body("best.length", equalTo(5));
    }

    @Test
    void scoresAreRankedInTheirOrder() {
        String scored = path() + "-scored";
        put(scored, """
                {"title":"Scored","measure":"SCORE","board":"%s","variants":{"gpt-4o":{"points":1}}}""".formatted(board)).statusCode(201);
        String submissions = scored + "/gpt-4o/submissions";
        try {
            post(submissions, scored("ann", "0.5"))
                    .body("best.score", equalTo(0.5f))
                    .body("best.length", nullValue());
            post(submissions, scored("bob", "12.25")).body("rank", equalTo(1));
            post(submissions, scored("ann", "-3"))
                    .body("best.score", equalTo(0.5f))
                    .body("rank", equalTo(2));
            post(submissions, body("cyd", "c", true)).statusCode(422).body("errors.field", contains("score"));

            get(submissions).body("items.playerId", contains("bob", "ann")).body("items.score", contains(12.25f, 0.5f));
        } finally {
            given().delete(scored).then().statusCode(204);
        }
        post(submissions(GPT), scored("ann", "1")).statusCode(422).body("errors.field", contains("score"));
    }

    private static String scored(String player, String score) {
        return "{\"playerId\":\"%s\",\"content\":\"c\",\"cleared\":true,\"score\":%s}".formatted(player, score);
    }

    @Test
    void tagsAndMetadataAreKept() {
        String id = id(post(submissions(GPT), """
                {"playerId":"ann","content":"a","cleared":false,"tags":["short","draft"],
                 "attempt":{"tokens":12,"model":{"name":"x"},"none":null}}"""));

        get(submissions(GPT) + "/" + id)
                .statusCode(200)
                .body("id", equalTo(id))
                .body("challenge", equalTo(challenge))
                .body("variant", equalTo(GPT))
                .body("playerId", equalTo("ann"))
                .body("content", equalTo("a"))
                .body("tags", contains("short", "draft"))
                .body("attempt.tokens", equalTo(12))
                .body("attempt.model.name", equalTo("x"))
                .body("submittedAt", notNullValue());
        get(submissions(MINI) + "/" + id).statusCode(404);
        get(submissions(GPT) + "/" + UUID.randomUUID()).statusCode(404);
        get(submissions(GPT) + "/x").statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "playerId | {\"content\":\"a\",\"cleared\":true}",
                "playerId | {\"playerId\":\" x\",\"content\":\"a\",\"cleared\":true}",
                "content  | {\"playerId\":\"ann\",\"cleared\":true}",
                "content  | {\"playerId\":\"ann\",\"content\":\"\",\"cleared\":true}",
                "cleared  | {\"playerId\":\"ann\",\"content\":\"a\"}",
                "tags     | {\"playerId\":\"ann\",\"content\":\"a\",\"cleared\":true,\"tags\":[\"a b\"]}",
                "attempt  | {\"playerId\":\"ann\",\"content\":\"a\",\"cleared\":true,\"attempt\":{\"a\":\"\\u0000\"}}",
            })
    void anInvalidFieldIsNamed(String field, String body) {
        post(submissions(GPT), body).statusCode(422).body("errors.field", contains(field));
    }

    @Test
    void aContentMayHave64Kibibytes() {
        post(submissions(GPT), body("ann", "ä".repeat(32 * 1024), false)).statusCode(200);
        post(submissions(GPT), body("ann", "ä".repeat(32 * 1024) + "a", false))
                .statusCode(422)
                .body("errors.field", contains("content"));
    }

    @Test
    void whatIsUnknownIsNotFound() {
        post("/api/v1/challenges/no-such/" + GPT + "/submissions", body("ann", "a", true))
                .statusCode(404);
        post(submissions("no-such"), body("ann", "a", true)).statusCode(404);
        get(submissions("no-such")).statusCode(404);
    }

    @Test
    void withoutItsBoardNoPointsCanBeEarned() {
        given().delete("/api/v1/boards/" + board).then().statusCode(204);

        clear("ann", "a").statusCode(409).body("detail", containsString(board));
        miss("ann", "a").statusCode(200);
    }

    @Test
    void otherPointsAreEarnedFromThenOn() {
        clear("ann", "a").body("points", equalTo(100));
        put(path(), definition(40)).statusCode(200);

        clear("bob", "b").body("points", equalTo(40));

        ranking("all_time").body("entries.score", contains(100, 40));
    }

    @Test
    void listsDoNotComeNearTheTextsUnlessAsked() {
        clear("ann", "secret text");
        StoredRows.change("ALTER TABLE submission_content RENAME TO submission_content_moved");
        try {
            get(submissions(GPT) + "?content=false&limit=13")
                    .statusCode(200)
                    .body("items.length", contains(11))
                    .body("items.content", everyItem(nullValue()));
            get("/api/v1/players/ann/submissions?limit=13")
                    .statusCode(200)
                    .body("items.content", everyItem(nullValue()));
        } finally {
            StoredRows.change("ALTER TABLE submission_content_moved RENAME TO submission_content");
        }
        get(submissions(GPT) + "?limit=13").body("items.content", contains("secret text"));
    }

    @Test
    void aSubmissionThatEarnsNothingTakesOneStatement() {
        SentStatements statements = new SentStatements(meters);

        assertThat(statements.ofWrite(() -> miss("ann", "a").statusCode(200))).isEqualTo(1);
        assertThat(statements.ofWrite(() -> clear("ann", "a").statusCode(200))).isEqualTo(1);
    }

    @Test
    void theKeyFollowsTheRuleOfIds() {
        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", "a b")
                .body(body("ann", "a", true))
                .post(submissions(GPT))
                .then()
                .statusCode(422)
                .body("errors.field", contains("Idempotency-Key"));
    }
}
