package dev.laurel.web.challenges;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.UUID;

/** A board and a challenge of its own for each test. */
public abstract class ChallengeScene {
    protected static final String GPT = "gpt-4o";
    protected static final String MINI = "mini";

    protected final String board = "points-" + UUID.randomUUID().toString().substring(0, 8);
    protected final String challenge = "level-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    protected void aChallenge() {
        put("/api/v1/boards/" + board, "{\"title\":\"Points\"}").statusCode(201);
        put(path(), definition(100)).statusCode(201);
    }

    @AfterEach
    protected void noChallenge() {
        given().delete(path());
    }

    protected String path() {
        return "/api/v1/challenges/" + challenge;
    }

    /** By length; the variant gpt-4o for these points, mini for 250. */
    protected String definition(int points) {
        return """
                {"title":"Reverse a list","board":"%s","variants":{"gpt-4o":{"points":%d},"mini":{"points":250}}}""".formatted(board, points);
    }

    protected String submissions(String variant) {
        return path() + "/" + variant + "/submissions";
    }

    protected ValidatableResponse clear(String player, String content) {
        return submit(GPT, player, content, true);
    }

    protected ValidatableResponse miss(String player, String content) {
        return submit(GPT, player, content, false);
    }

    protected ValidatableResponse submit(String variant, String player, String content, boolean cleared) {
        return post(submissions(variant), body(player, content, cleared));
    }

    protected static String body(String player, String content, boolean cleared) {
        return "{\"playerId\":\"%s\",\"content\":\"%s\",\"cleared\":%s}".formatted(player, content, cleared);
    }

    protected ValidatableResponse submitUnder(String key, String body) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post(submissions(GPT))
                .then();
    }

    protected ValidatableResponse withdraw(String variant, String submission) {
        return given().contentType(ContentType.JSON)
                .body("{\"reason\":\"Copied\",\"author\":\"judge-7\"}")
                .delete(submissions(variant) + "/" + submission)
                .then();
    }

    /** The id of an accepted submission. */
    protected static String id(ValidatableResponse accepted) {
        return accepted.statusCode(200).extract().path("submission");
    }

    protected ValidatableResponse ranking(String period) {
        return get("/api/v1/boards/" + board + "/rankings/" + period).statusCode(200);
    }

    protected static ValidatableResponse get(String path) {
        return given().get(path).then();
    }

    protected static ValidatableResponse put(String path, String json) {
        return given().contentType(ContentType.JSON).body(json).put(path).then();
    }

    protected static ValidatableResponse post(String path, String json) {
        return given().contentType(ContentType.JSON).body(json).post(path).then();
    }

    protected static ValidatableResponse patch(String path, String json) {
        return given().contentType("application/merge-patch+json; charset=UTF-8")
                .body(json)
                .patch(path)
                .then();
    }
}
