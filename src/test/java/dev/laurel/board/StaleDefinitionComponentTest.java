package dev.laurel.board;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

/** A definition that another process has changed a moment ago shows no ranking that is not there yet. */
@QuarkusTest
class StaleDefinitionComponentTest {
    @TestHTTPResource
    URI service;

    @Inject
    Boards boards;

    @Inject
    BoardTable table;

    @Test
    void aPeriodThatAnotherProcessHasAddedIsNotEmptyWhileItIsFilled() {
        LaurelApi api = new LaurelApi(service);
        BoardSpec board = aBoard("stale").build();
        api.putBoard(board.id(), "{\"title\":\"Stale\",\"periods\":[\"DAILY\",\"WEEKLY\"]}")
                .expect(201);
        api.submit(board.id(), ScoreEvent.of("ann", "5")).expect(200);
        BoardDefinition both = OnEventLoop.await(() -> boards.get(board.id())).definition();
        String weekly = LaurelApi.ranking(board.id(), "weekly");
        String window = api.get(weekly).expect(200).json().at("/window/id").asText();
        api.put("/api/v1/boards/" + board.id() + "?confirm=true", "{\"title\":\"Stale\",\"periods\":[\"DAILY\"]}")
                .expect(200);
        api.board(board.id()).expect(200);

        // As another process does it: nothing tells the definitions that are kept here.
        OnEventLoop.await(() -> table.change(BoardName.of(board.id()), before -> both, ChangeTerms.CAREFUL));

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Reply reply = api.get(weekly + "?window=" + window);
            assertThat(reply.status()).isIn(200, 503);
            if (reply.status() == 200) {
                assertThat(reply.json().path("entries").findValuesAsText("playerId"))
                        .containsExactly("ann");
            }
            return reply.status() == 200;
        });
    }
}
