package dev.laurel.standings.window;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Period;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.EnumSet;

/** Around the change of days several rolling windows are kept up, and answers are about the one that reads show. */
@QuarkusTest
class RollingReceiptsComponentTest extends RolloverScene {
    private static final String STANDING = "/standings/LAST_7_DAYS";

    private String board;

    @BeforeEach
    void aBoardJustBeforeMidnight() {
        stand("2024-05-14T23:55:00Z");
        board = putBoard(aBoard("rolling")
                .keeping(EnumSet.of(Period.DAILY, Period.LAST_7_DAYS))
                .lateDays(20));
        submit(board, ScoreEvent.of("ann", "100").at("2024-05-08T12:00:00Z"));
        submit(board, ScoreEvent.of("bob", "50"));
        // Ranks come from Redis, into which a busy machine takes its time to load.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(api.top(board, Period.LAST_7_DAYS, "")
                        .expect(200)
                        .json()
                        .path("source")
                        .asText())
                .isEqualTo("REDIS"));
    }

    @Test
    void aReceiptAndItsReplayAreOfTheWindowThatIsRunning() {
        ScoreEvent event = ScoreEvent.of("ann", "1").at("2024-05-14T23:54:00Z").withId("once");

        JsonNode first = submit(board, event);
        JsonNode again = submit(board, event);
        StoredRows.change("UPDATE event_key SET answer = NULL WHERE event_id = 'once'");
        JsonNode unkept = submit(board, event);

        assertThat(first.at(STANDING + "/window").asText()).isEqualTo(shown());
        assertThat(first.at(STANDING + "/score").asInt()).isEqualTo(101);
        assertThat(first.at(STANDING + "/rank").asInt()).isEqualTo(1);
        assertThat(again.at(STANDING)).isEqualTo(first.at(STANDING));
        assertThat(unkept.at(STANDING + "/window").asText()).isEqualTo(shown());
    }

    @Test
    void soAreTheResultsOfABatch() {
        String body = "{\"scores\":[{\"playerId\":\"ann\",\"score\":1}]}";

        for (String query : new String[] {"?standings=true", "?standings=true&atomic=true"}) {
            JsonNode result = api.post("/api/v1/boards/" + board + "/scores/batch" + query, body)
                    .expect(200)
                    .json()
                    .at("/results/0" + STANDING);

            assertThat(result.path("window").asText()).isEqualTo(shown());
        }
    }

    @Test
    void anAnswerThatAnEarlierVersionKeptWithBothWindowsIsReadAsTheFirst() {
        ScoreEvent event = ScoreEvent.of("ann", "1").withId("kept");
        JsonNode first = submit(board, event);
        StoredRows.change("UPDATE event_key SET answer = jsonb_insert(answer::jsonb, '{-1}',"
                + " jsonb_set(answer::jsonb -> -1, '{1}', to_jsonb((answer::jsonb -> -1 ->> 1)::bigint + 88473600000)),"
                + " true)::json WHERE event_id = 'kept'");

        JsonNode again = submit(board, event);

        assertThat(again.at(STANDING)).isEqualTo(first.at(STANDING));
    }

    /** The day after it, in which the old event counts no more, is right as soon as it begins. */
    @Test
    void theWindowOfTheNextDayIsKeptUpAllTheSame() {
        submit(board, ScoreEvent.of("ann", "1"));

        stand("2024-05-15T00:00:30Z");

        JsonNode top = api.top(board, Period.LAST_7_DAYS, "").expect(200).json();
        assertThat(top.path("source").asText()).isEqualTo("REDIS");
        assertThat(top.path("entries").findValuesAsText("score")).containsExactly("50", "1");
        assertThat(submit(board, ScoreEvent.of("bob", "1"))
                        .at(STANDING + "/window")
                        .asText())
                .isEqualTo("2024-05-15");
    }

    private String shown() {
        return api.top(board, Period.LAST_7_DAYS, "")
                .expect(200)
                .json()
                .at("/window/id")
                .asText();
    }
}
