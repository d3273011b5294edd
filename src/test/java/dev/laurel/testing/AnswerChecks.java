package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.OracleRanking.Place;

import java.time.Instant;
import java.util.List;

/** What has to be true of places in answers. */
final class AnswerChecks {

    private static final double PERCENTILE_ROUNDING = 0.01;

    private AnswerChecks() {}

    static void assertPercentile(double answered, double expected, String what) {
        assertThat(Math.abs(answered - expected))
                .as("distance of the percentile in %s from %s", what, expected)
                .isLessThanOrEqualTo(PERCENTILE_ROUNDING);
    }

    /** The entries of an answer are the places expected, in their order. */
    static void assertEntries(JsonNode answer, List<Place> expected, String what) {
        JsonNode entries = answer.path("entries");
        assertThat(entries.isArray()).as("entries of %s", what).isTrue();
        assertThat(entries.findValuesAsText("playerId"))
                .as("players of %s", what)
                .containsExactlyElementsOf(
                        expected.stream().map(Place::playerId).toList());
        for (int at = 0; at < expected.size(); at++) {
            assertPlace(entries.get(at), expected.get(at), what);
        }
    }

    /** An answer tells a place. */
    static void assertPlace(JsonNode answer, Place expected, String what) {
        assertThat(answer.path("playerId").asText()).as(what).isEqualTo(expected.playerId());
        assertThat(answer.path("rank").asLong())
                .as("%s: rank of %s", what, expected)
                .isEqualTo(expected.rank());
        assertThat(answer.path("score").isNumber())
                .as("%s: score of %s", what, expected)
                .isTrue();
        assertThat(answer.path("score").decimalValue())
                .as("%s: score of %s", what, expected)
                .isEqualByComparingTo(expected.score());
        assertThat(Instant.parse(answer.path("achievedAt").asText()))
                .as("%s: achievedAt of %s", what, expected)
                .isEqualTo(expected.standing().achievedAt());
    }
}
