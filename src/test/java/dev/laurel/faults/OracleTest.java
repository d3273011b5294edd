package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/** The oracle itself: it accepts what may be, and notices what may not. */
class OracleTest {
    private static final long[] LEAST = {50, 40, 40, 0};
    private static final long[] MOST = {50, 45, 40, 10};
    private static final String FIRST = entry(1, 0, 50, 1);
    private static final String SECOND = entry(2, 1, 40, 2);
    private static final String TIED = entry(2, 2, 40, 2);

    @Test
    void aPageThatMayBeIsAccepted() {
        assertThat(page(3, FIRST, SECOND, TIED)).isEmpty();
        assertThat(page(3, FIRST, entry(2, 1, 45, 2), entry(3, 2, 40, 2))).isEmpty();
        assertThat(page(4, FIRST, SECOND, TIED, entry(4, 3, 10, 2))).isEmpty();
    }

    @Test
    void aPageThatCannotBeIsNoticed() {
        assertThat(page(3, entry(1, 0, 49, 1), SECOND, TIED)).as("score lost").isPresent();
        assertThat(page(3, entry(1, 0, 51, 1), SECOND, TIED))
                .as("score too high")
                .isPresent();
        assertThat(page(3, FIRST, TIED, SECOND)).as("tie in the wrong order").isPresent();
        assertThat(page(3, FIRST, SECOND, entry(3, 2, 40, 2)))
                .as("tie ranked apart")
                .isPresent();
        assertThat(page(3, entry(2, 0, 50, 1), entry(3, 1, 40, 2), entry(3, 2, 40, 2)))
                .as("ranks moved by a ghost")
                .isPresent();
        assertThat(page(3, FIRST, SECOND, SECOND)).as("player twice").isPresent();
        assertThat(page(3, FIRST, SECOND)).as("entry left out").isPresent();
        assertThat(page(2, FIRST, SECOND)).as("player lost").isPresent();
        assertThat(page(5, FIRST, SECOND, TIED, entry(4, 3, 10, 2)))
                .as("total too high")
                .isPresent();
    }

    @Test
    void aPlayersPlaceIsHeldAgainstAllOthers() {
        assertThat(player(1, 45, 2)).isEmpty();
        assertThat(player(1, 45, 1)).as("somebody better is missing").isPresent();
        assertThat(player(1, 45, 3)).as("somebody is ahead who cannot be").isPresent();
        assertThat(player(1, 39, 2)).as("acknowledged score is missing").isPresent();
        assertThat(ReadCheck.player(json("{\"ranked\":false,\"total\":3}"), 1, LEAST, MOST))
                .isPresent();
    }

    @Test
    void recomputedScoresDoNotDependOnTheOrderOfEvents() {
        WindowScores sum = new WindowScores(1);
        sum.count(false, 0, 5, 20);
        sum.count(false, 0, 7, 10);
        WindowScores best = new WindowScores(1);
        best.count(true, 0, 7, 20);
        best.count(true, 0, 5, 30);
        best.count(true, 0, 7, 10);

        assertThat(sum.text(0)).isEqualTo("12 at 20 v2");
        assertThat(best.text(0)).isEqualTo("7 at 10 v3");
    }

    private static Optional<String> page(int total, String... entries) {
        JsonNode page = json("{\"total\":" + total + ",\"entries\":[" + String.join(",", entries) + "]}");
        return ReadCheck.page(page, 0, 10, LEAST, MOST);
    }

    private static Optional<String> player(int player, long score, int rank) {
        String own = "{\"ranked\":true,\"total\":3,\"score\":" + score + ",\"rank\":" + rank + "}";
        return ReadCheck.player(json(own), player, LEAST, MOST);
    }

    private static String entry(int rank, int player, int score, int second) {
        return "{\"rank\":%d,\"playerId\":\"%s\",\"score\":%d,\"achievedAt\":\"2026-11-20T10:00:%02dZ\"}"
                .formatted(rank, Contest.player(player), score, second);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
