package dev.laurel.web.access;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.access.AccessMode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Event ids that players choose: nobody takes one from others by them, in any order of arrival. */
@QuarkusTest
class PlayerEventIdsComponentTest {
    private static final String DEFAULT_BOARD = "/api/v1/boards/pomodoro";

    @TestHTTPResource
    URI service;

    @Inject
    AccessMode mode;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String board = aBoard("ids").build().id();

    /** With a character that separates the parts of a stored id. */
    private final String alice = "alice/" + unique;

    private final String bob = "bob-" + unique;

    private final Map<String, String> tokens = Map.of(
            "alice", TestTokens.signed(TestTokens.claims(alice, "player")),
            "bob", TestTokens.signed(TestTokens.claims(bob, "player")),
            "server", TestTokens.signed(TestTokens.claims("server-" + unique, "write read")),
            "admin", TestTokens.signed(TestTokens.claims("admin-" + unique, "admin")));

    private LaurelApi api;

    @BeforeEach
    void aBoardOnWhichPlayersSubmit() {
        api = new LaurelApi(service);
        mode.open(false);
        define(board, "");
    }

    @AfterEach
    void openItAgain() {
        mode.open(true);
    }

    @Test
    void whoeverIsFirstAllCountOnceAndEachIsToldItsOwnAnswer() {
        int round = 0;
        for (List<String> order : List.of(
                List.of("alice", "bob", "server"),
                List.of("alice", "server", "bob"),
                List.of("bob", "alice", "server"),
                List.of("bob", "server", "alice"),
                List.of("server", "alice", "bob"),
                List.of("server", "bob", "alice"))) {
            String id = "match-" + round;
            List<JsonNode> first = order.stream()
                    .map(sender -> submit(sender, id, 10).expect(200).json())
                    .toList();
            List<JsonNode> again = order.stream()
                    .map(sender -> submit(sender, id, 10).expect(200).json())
                    .toList();
            for (int i = 0; i < order.size(); i++) {
                assertThat(first.get(i).path("status").asText())
                        .as("%s of %s", order.get(i), order)
                        .isEqualTo("APPLIED");
                assertThat(again.get(i).path("status").asText()).isEqualTo("DUPLICATE");
                assertThat(again.get(i).path("eventId").asText()).isEqualTo(id);
                assertThat(again.get(i).path("standings"))
                        .isEqualTo(first.get(i).path("standings"));
            }
            for (String sender : order) {
                Reply other = submit(sender, id, 11);
                assertProblem(other, 409);
                assertThat(other.json().path("detail").asText()).contains("Event " + id + " ");
            }
            round++;
        }
        // By the server once for alice, in each round.
        assertThat(score(alice)).isEqualTo(2 * 10 * round);
        assertThat(score(bob)).isEqualTo(10 * round);
    }

    @Test
    void everyWayToSubmitKeepsThemApart() {
        String several = "{\"boards\":[\"" + board + "\"],\"playerId\":\"%s\",\"score\":3,\"eventId\":\"each\"}";
        for (int times = 0; times < 2; times++) {
            post("alice", "/api/v1/scores", several.formatted(alice)).expect(200);
            post("bob", "/api/v1/scores", several.formatted(bob)).expect(200);
            post("server", "/api/v1/scores", several.formatted(bob)).expect(200);
        }
        assertThat(score(alice)).isEqualTo(3);
        assertThat(score(bob)).isEqualTo(6);

        String challenge = "/api/v1/challenges/ids-" + unique;
        api.put(
                        challenge,
                        "{\"title\":\"T\",\"board\":\"" + board + "\",\"variants\":{\"easy\":{\"points\":100}}}",
                        bearer("admin"))
                .expect(201);
        for (String sender : List.of("alice", "bob", "alice", "bob")) {
            post(
                            sender,
                            challenge + "/easy/submissions",
                            "{\"playerId\":\"" + player(sender) + "\",\"content\":\"c\",\"cleared\":true}",
                            "Idempotency-Key",
                            "each")
                    .expect(200);
        }
        assertThat(score(alice)).isEqualTo(103);
        assertThat(score(bob)).isEqualTo(106);
    }

    @Test
    void theFirstInterfaceKeepsThemApart() {
        api.patch(DEFAULT_BOARD, "{\"access\":{\"playerSubmissions\":true}}", bearer("admin"))
                .expect(200);
        try {
            for (String sender : List.of("alice", "bob", "server", "alice", "bob", "server")) {
                post(
                                sender,
                                "/api/redis-leaderboard/update",
                                "{\"user_id\":\"" + player(sender) + "\",\"count\":2}",
                                "Idempotency-Key",
                                "timer-" + unique)
                        .expect(200);
            }
        } finally {
            api.patch(DEFAULT_BOARD, "{\"access\":null}", bearer("admin")).expect(200);
        }
        assertThat(yearly(alice)).isEqualTo(4);
        assertThat(yearly(bob)).isEqualTo(2);
    }

    @Test
    void everyReadShowsTheIdAsItWasSent() {
        String strict = board + "-strict";
        define(strict, ",\"plausibility\":{\"maxScore\":5}");
        submit("alice", "shown", 7).expect(200);
        post("alice", "/api/v1/boards/" + strict + "/scores", event(alice, "held", 6))
                .expect(202);

        assertThat(api.get("/api/v1/players/" + LaurelApi.segment(alice) + "/events?board=" + board, bearer("server"))
                        .expect(200)
                        .json()
                        .findValuesAsText("eventId"))
                .containsExactly("shown");
        assertThat(api.get("/api/v1/admin/boards/" + strict + "/held", bearer("admin"))
                        .expect(200)
                        .json()
                        .findValuesAsText("eventId"))
                .containsExactly("held");
        assertThat(api.get("/api/v1/admin/players/" + LaurelApi.segment(alice) + "/export", bearer("admin"))
                        .expect(200)
                        .json()
                        .findValuesAsText("eventId"))
                .containsExactlyInAnyOrder("shown", "held");
        assertThat(api.get("/api/v1/admin/exports/boards/" + board + "/events?format=ndjson", bearer("admin"))
                        .expect(200)
                        .text())
                .contains("\"shown\"")
                .doesNotContain("/shown");
    }

    private void define(String name, String further) {
        api.put(
                        "/api/v1/boards/" + name,
                        "{\"title\":\"T\",\"operator\":\"SUM\",\"periods\":[\"ALL_TIME\"],"
                                + "\"access\":{\"playerSubmissions\":true}" + further + "}",
                        bearer("admin"))
                .expect(201);
    }

    private String player(String sender) {
        return "bob".equals(sender) ? bob : alice;
    }

    private Reply submit(String sender, String id, int score) {
        return post(sender, "/api/v1/boards/" + board + "/scores", event(player(sender), id, score));
    }

    private static String event(String player, String id, int score) {
        return "{\"playerId\":\"" + player + "\",\"score\":" + score + ",\"eventId\":\"" + id + "\"}";
    }

    private Reply post(String sender, String path, String json, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        System.arraycopy(bearer(sender), 0, all, headers.length, 2);
        return api.post(path, json, all);
    }

    private long score(String player) {
        return api.get(
                        "/api/v1/boards/" + board + "/rankings/all_time/players/" + LaurelApi.segment(player),
                        bearer("server"))
                .expect(200)
                .json()
                .path("score")
                .asLong();
    }

    private long yearly(String player) {
        return api.get("/api/redis-leaderboard/user/" + LaurelApi.segment(player) + "/rank/yearly", bearer("server"))
                .expect(200)
                .json()
                .path("score")
                .asLong();
    }

    private String[] bearer(String sender) {
        return new String[] {"Authorization", "Bearer " + tokens.get(sender)};
    }
}
