package dev.laurel.web.players;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** All that is known about a player, in one document. */
@QuarkusTest
class PlayerExportComponentTest {
    private static final int EVENTS = 1_001;

    @TestHTTPResource
    URI service;

    private final String player = "known-" + UUID.randomUUID();
    private final BoardSpec one = aBoard("traces").decimals(2).build();
    private final BoardSpec other = aBoard("more-traces").allTime().build();
    private LaurelApi api;

    @BeforeEach
    void aPlayerOfTwoBoards() {
        api = new LaurelApi(service);
        api.putBoard(one).expect(201);
        api.putBoard(other).expect(201);
        api.put("/api/v1/players/" + player, "{\"displayName\":\"Ada\",\"visibility\":\"HIDDEN\"}")
                .expect(201);
        List<ScoreEvent> events = IntStream.range(0, EVENTS)
                .mapToObj(number -> ScoreEvent.of(player, "0.25"))
                .toList();
        api.submitAll(one.id(), events).expect(200);
        api.submit(other.id(), "{\"playerId\":\"" + player + "\",\"score\":7,\"attributes\":{\"mode\":\"ranked\"}}")
                .expect(200);
    }

    @AfterEach
    void forget() {
        api.delete("/api/v1/players/" + player);
    }

    @Test
    void everythingIsThereAlsoOfAHiddenPlayer() {
        JsonNode all = api.get("/api/v1/admin/players/" + player + "/export")
                .expect(200)
                .json();

        assertThat(all.path("playerId").asText()).isEqualTo(player);
        assertThat(all.at("/record/displayName").asText()).isEqualTo("Ada");
        assertThat(all.path("boards").findValuesAsText("board")).containsExactly(one.id(), other.id());
        JsonNode first = all.at("/boards/0");
        assertThat(first.path("events")).hasSize(EVENTS);
        assertThat(first.at("/events/0/score").asDouble()).isEqualTo(0.25);
        assertThat(first.at("/standings/0/score").asDouble()).isEqualTo(EVENTS * 0.25);
        assertThat(all.at("/boards/1/events/0/attributes/mode").asText()).isEqualTo("ranked");
    }

    @Test
    void ofAStrangerNothingIsKnown() {
        JsonNode all = api.get("/api/v1/admin/players/nobody-at-all/export")
                .expect(200)
                .json();

        assertThat(all.path("record").isNull()).isTrue();
        assertThat(all.path("boards")).isEmpty();
    }
}
