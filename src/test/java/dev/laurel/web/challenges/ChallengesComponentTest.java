package dev.laurel.web.challenges;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.laurel.testing.SentStatements;
import dev.laurel.testing.StoredRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/** Definitions of challenges, written and found through the interface. */
@QuarkusTest
class ChallengesComponentTest extends ChallengeScene {
    @Inject
    MeterRegistry meters;

    @Test
    void aChallengeIsKeptAsItWasWritten() {
        put(path(), """
                {"title":"Ein Rätsel 🧩","measure":"SCORE","order":"ASC","board":"%s","tags":["lists","easy","lists"],
                 "variants":{"gpt-4o":{"points":7,"opensAt":"2026-01-01T00:00:00Z","closesAt":"2027-01-01T00:00:00Z"}}}""".formatted(board)).statusCode(200).header("ETag", notNullValue());

        get(path())
                .statusCode(200)
                .body("id", equalTo(challenge))
                .body("title", equalTo("Ein Rätsel 🧩"))
                .body("measure", equalTo("SCORE"))
                .body("order", equalTo("ASC"))
                .body("board", equalTo(board))
                .body("tags", contains("lists", "easy"))
                .body("variants", not(org.hamcrest.Matchers.hasKey(MINI)))
                .body("variants.'gpt-4o'.points", equalTo(7))
                .body("variants.'gpt-4o'.opensAt", equalTo("2026-01-01T00:00:00Z"))
                .body("variants.'gpt-4o'.closesAt", equalTo("2027-01-01T00:00:00Z"))
                .body("createdAt", notNullValue());
    }

    @Test
    void whatIsLeftOutGetsItsDefault() {
        get(path())
                .body("measure", equalTo("LENGTH"))
                .body("order", equalTo("ASC"))
                .body("tags", hasSize(0))
                .body("variants.mini.opensAt", nullValue());
    }

    @Test
    void aPatchChangesWhatItNames() {
        patch(path(), "{\"variants\":{\"mini\":null,\"gpt-4o\":{\"points\":120}},\"tags\":[\"hard\"]}")
                .statusCode(200)
                .body("title", equalTo("Reverse a list"))
                .body("variants.'gpt-4o'.points", equalTo(120))
                .body("variants.mini", nullValue())
                .body("tags", contains("hard"));
    }

    @Test
    void aChangeOfSomethingElseIsRefused() {
        String known = get(path()).extract().header("ETag");
        put(path(), definition(101)).statusCode(200);

        given().contentType(ContentType.JSON)
                .header("If-Match", known)
                .body(definition(102))
                .put(path())
                .then()
                .statusCode(412);
        given().header("If-Match", known).delete(path()).then().statusCode(412);
        given().contentType(ContentType.JSON)
                .header("If-None-Match", "*")
                .body(definition(102))
                .put(path())
                .then()
                .statusCode(412);
        get(path()).body("variants.'gpt-4o'.points", equalTo(101));
    }

    @Test
    void aChallengeThatIsDeletedCanBeWrittenAgainAndClearedAgain() {
        clear("ann", "a").body("cleared", equalTo("FIRST"));

        given().delete(path()).then().statusCode(204);

        get(path()).statusCode(404);
        clear("ann", "a").statusCode(404);
        put(path(), definition(100)).statusCode(201);
        clear("ann", "a").body("cleared", equalTo("FIRST"));
        ranking("all_time").body("entries.score", contains(200));
        get("/api/v1/players/ann/cleared").body("items.findAll { it.challenge == '" + challenge + "' }", hasSize(1));
    }

    @Test
    void withSubmissionsItKeepsWhatTheyDependOn() {
        miss("ann", "a").statusCode(200);

        patch(path(), "{\"measure\":\"SCORE\"}")
                .statusCode(409)
                .body("detail", org.hamcrest.Matchers.containsString("measure"));
        patch(path(), "{\"order\":\"DESC\"}").statusCode(409);
        patch(path(), "{\"board\":\"pomodoro\"}").statusCode(409);
        patch(path(), "{\"title\":\"Another\"}").statusCode(200).body("title", equalTo("Another"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title      | {\"title\":\"\"}",
                "title      | {\"title\":null}",
                "measure    | {\"measure\":\"TIME\"}",
                "order      | {\"order\":\"UP\"}",
                "board      | {\"board\":\"no-such-board\"}",
                "board      | {\"board\":\"a b\"}",
                "variants   | {\"variants\":{\"a b\":{\"points\":1}}}",
                "variants   | {\"variants\":{\"gpt-4o\":null,\"mini\":null}}",
                "variants.x.points   | {\"variants\":{\"x\":{\"points\":-1}}}",
                "variants.x.points   | {\"variants\":{\"x\":{\"points\":1000000001}}}",
                "variants.x.points   | {\"variants\":{\"x\":{}}}",
                "variants.x.opensAt  | {\"variants\":{\"x\":{\"points\":1,\"opensAt\":\"soon\"}}}",
                "variants.x.closesAt | {\"variants\":{\"x\":{\"points\":1,\"opensAt\":\"2026-01-02T00:00:00Z\",\"closesAt\":\"2026-01-01T00:00:00Z\"}}}",
                "tags       | {\"tags\":[\"two words\"]}",
            })
    void anInvalidFieldIsNamed(String field, String change) {
        patch(path(), change).statusCode(422).body("errors.field", hasItem(field));
        get(path()).body("title", equalTo("Reverse a list"));
    }

    @Test
    void onlyABoardThatAddsUpTakesPoints() {
        put("/api/v1/boards/best-" + board, "{\"title\":\"Best\",\"operator\":\"BEST\"}")
                .statusCode(201);
        patch(path(), "{\"board\":\"best-" + board + "\"}").statusCode(422).body("errors.field", contains("board"));

        put("/api/v1/boards/small-" + board, "{\"title\":\"Small\",\"maxScore\":99}")
                .statusCode(201);
        patch(path(), "{\"board\":\"small-" + board + "\"}")
                .statusCode(422)
                .body("errors.field", containsInAnyOrder("variants.gpt-4o.points", "variants.mini.points"));
    }

    @Test
    void namesOfOtherThingsAreNoChallenges() {
        put("/api/v1/challenges/cleared", definition(1)).statusCode(405);
        put("/api/v1/challenges/players", definition(1)).statusCode(405);
        post("/api/v1/challenges/cleared/" + GPT + "/submissions", body("ann", "a", true))
                .statusCode(404);
    }

    @Test
    void theListIsTheConfigurationOfASite() {
        put(path() + "-2", definition(5)).statusCode(201);

        String tag = given().get("/api/v1/challenges?limit=200")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(challenge))
                .body("items.find { it.id == '" + challenge + "-2' }.variants.'gpt-4o'.points", equalTo(5))
                .extract()
                .header("ETag");

        assertThat(tag).isNotEmpty();
        listKnown(tag).statusCode(304);
        put(path() + "-2", definition(6)).statusCode(200);
        listKnown(tag)
                .statusCode(200)
                .body("items.find { it.id == '" + challenge + "-2' }.variants.'gpt-4o'.points", equalTo(6));
        given().delete(path() + "-2").then().statusCode(204);
        get("/api/v1/challenges?limit=200").body("items.id", not(hasItem(challenge + "-2")));
    }

    private static io.restassured.response.ValidatableResponse listKnown(String tag) {
        return given().header("If-None-Match", tag)
                .get("/api/v1/challenges?limit=200")
                .then();
    }

    @Test
    void pagesShareOutTheChallenges() {
        int total = get("/api/v1/challenges?limit=1").extract().path("pagination.total");
        int found = 0;
        for (int page = 1; page <= total; page++) {
            found += get("/api/v1/challenges?limit=1&page=" + page)
                    .extract()
                    .<java.util.List<?>>path("items")
                    .size();
        }
        assertThat(found).isEqualTo(total);
        get("/api/v1/challenges?limit=1&page=" + (total + 1)).body("items", hasSize(0));
    }

    @Test
    void anUnchangedListCostsNoStatement() {
        SentStatements statements = new SentStatements(meters);

        // Followers that catch up with other tests send statements all the time, until they have.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        statements.of(() -> get("/api/v1/challenges?limit=7").statusCode(200)))
                .isZero());
    }

    @Test
    void whatAnotherProcessHasChangedIsSeenWithinASecond() {
        get("/api/v1/challenges?limit=200").statusCode(200);
        StoredRows.change("UPDATE challenge SET title = 'Theirs', revision = revision + 1 WHERE id = ?", challenge);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> get("/api/v1/challenges?limit=200")
                .body("items.find { it.id == '" + challenge + "' }.title", equalTo("Theirs")));
    }
}
