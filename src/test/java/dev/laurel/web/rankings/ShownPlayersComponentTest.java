package dev.laurel.web.rankings;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Names, pictures and attributes of players in rankings. */
@QuarkusTest
class ShownPlayersComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WITH = "with=player&attributes=level,country";

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("named").allTime().build();
    private final String ada = "ada-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final String cyd = "cyd-" + UUID.randomUUID();
    private LaurelApi api;

    /** Ada has a record, Bob wants to be anonymous, nobody has registered Cyd. */
    @BeforeEach
    void threePlayers() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        record(ada, """
                {"displayName":"Ada, \\"the first\\"","avatarUrl":"https://example.org/ada.png",
                 "attributes":{"level":-3,"country":"=GB","secret":true}}""");
        record(
                bob,
                "{\"displayName\":\"Bob\",\"avatarUrl\":\"https://example.org/bob.png\",\"visibility\":\"ANONYMOUS\","
                        + "\"attributes\":{\"level\":9}}");
        api.submit(board.id(), ScoreEvent.of(ada, "30")).expect(200);
        api.submit(board.id(), ScoreEvent.of(bob, "20")).expect(200);
        api.submit(board.id(), ScoreEvent.of(cyd, "10")).expect(200);
    }

    @AfterEach
    void forget() {
        api.delete("/api/v1/players/" + ada);
        api.delete("/api/v1/players/" + bob);
    }

    @Test
    void everyEntryShowsWhatIsAskedFor() {
        JsonNode page = api.top(board.id(), Period.ALL_TIME, WITH).expect(200).json();
        assertShown(page.path("entries"));
        assertShown(api.top(board.id(), Period.ALL_TIME, WITH + "&minScore=1")
                .expect(200)
                .json()
                .path("entries"));
        assertShown(api.neighbours(board.id(), Period.ALL_TIME, bob, WITH)
                .expect(200)
                .json()
                .path("entries"));
        assertShown(api.lookup(board.id(), Period.ALL_TIME, List.of(ada, bob, cyd), WITH)
                .expect(200)
                .json()
                .path("entries"));
        String next = api.top(board.id(), Period.ALL_TIME, "limit=1")
                .expect(200)
                .json()
                .path("next")
                .asText();
        JsonNode rest = api.top(board.id(), Period.ALL_TIME, WITH + "&cursor=" + next)
                .expect(200)
                .json();
        assertThat(rest.path("entries").findValuesAsText("displayName")).containsExactly("Anonymous player");
    }

    private static void assertShown(JsonNode entries) {
        assertThat(entries).hasSize(3);
        assertThat(entries.get(0).path("displayName").asText()).isEqualTo("Ada, \"the first\"");
        assertThat(entries.get(0).path("avatarUrl").asText()).isEqualTo("https://example.org/ada.png");
        assertThat(entries.get(0).path("attributes").toString()).isEqualTo("{\"level\":-3,\"country\":\"=GB\"}");
        assertThat(entries.get(1).path("rank").asInt()).isEqualTo(2);
        assertThat(entries.get(1).path("displayName").asText()).isEqualTo("Anonymous player");
        assertThat(entries.get(1).has("avatarUrl")).isFalse();
        assertThat(entries.get(1).has("attributes")).isFalse();
        assertThat(entries.get(2).has("displayName")).isFalse();
    }

    @Test
    void aPlayerIsShownWithTheNeighbours() {
        JsonNode own = api.player(board.id(), Period.ALL_TIME, bob, "with=player")
                .expect(200)
                .json();

        assertThat(own.path("displayName").asText()).isEqualTo("Anonymous player");
        assertThat(own.at("/ahead/displayName").asText()).isEqualTo("Ada, \"the first\"");
        assertThat(own.path("behind").has("displayName")).isFalse();
    }

    @Test
    void exportsHaveTheColumnsThatAreAskedFor() {
        String export = LaurelApi.ranking(board.id(), "all_time") + "/export?";

        List<String> lines = api.get(export + WITH).expect(200).text().lines().toList();
        assertThat(lines.get(0)).isEqualTo("rank,playerId,score,achievedAt,displayName,avatarUrl,level,country");
        assertThat(lines.get(1)).endsWith(",\"Ada, \"\"the first\"\"\",https://example.org/ada.png,-3,'=GB");
        assertThat(lines.get(2)).endsWith(",Anonymous player,,,");
        assertThat(lines.get(3)).endsWith(",,,,");
        assertThat(api.get(export + "format=ndjson&with=player").expect(200).text())
                .contains("\"displayName\":\"Anonymous player\"");
        assertThat(api.get(export).expect(200).text()).doesNotContain("Anonymous", "displayName");
    }

    @Test
    @DisplayName("trap 20: a renamed player shows the new name at once")
    void aChangeOfARecordShowsAtOnceAndChangesTheTag() {
        Reply before = api.top(board.id(), Period.ALL_TIME, "with=player").expect(200);

        record(ada, "{\"displayName\":\"Countess Lovelace\"}");

        String tag = before.headers().firstValue("ETag").orElseThrow();
        Reply after = api.top(board.id(), Period.ALL_TIME, "with=player", "If-None-Match", tag)
                .expect(200);
        assertThat(after.json().at("/entries/0/displayName").asText()).isEqualTo("Countess Lovelace");
        String plain = api.top(board.id(), Period.ALL_TIME, "").expect(200).text();
        assertThat(plain).doesNotContain("displayName");
    }

    @Test
    void aChangeByAnotherReplicaShowsWithinASecondOrSo() {
        api.top(board.id(), Period.ALL_TIME, "with=player").expect(200);

        StoredRows.change("UPDATE player SET display_name = 'Renamed' WHERE id = ?", ada);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.top(board.id(), Period.ALL_TIME, "with=player")
                        .expect(200)
                        .json()
                        .at("/entries/0/displayName")
                        .asText())
                .isEqualTo("Renamed"));
    }

    @Test
    void whatCannotBeShownIsRefused() {
        assertProblem(api.top(board.id(), Period.ALL_TIME, "with=team"), 422, "with");
        assertProblem(api.top(board.id(), Period.ALL_TIME, "attributes=level"), 422, "attributes");
        assertProblem(api.top(board.id(), Period.ALL_TIME, "with=player&attributes=a,,b"), 422, "attributes");
    }

    private void record(String player, String json) {
        assertThat(api.put("/api/v1/players/" + player, json).status()).isIn(200, 201);
    }
}
