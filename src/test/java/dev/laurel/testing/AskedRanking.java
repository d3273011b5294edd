package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Oracle.Window;

import java.util.Set;

/** One ranking that is asked about: a window of a board, or of a segment of it, by one metric, the store that has to answer, and what is right. */
record AskedRanking(
        BoardSpec board,
        Window window,
        String metric,
        String segment,
        String source,
        OracleRanking ranking,
        Set<String> players) {

    /** The query that names this ranking, and more behind it. */
    String query(String more) {
        boolean first = metric.equals(board.metrics().get(0));
        return "window=" + window.id() + (first ? "" : "&metric=" + metric)
                + (segment == null ? "" : "&segment=" + LaurelApi.segment(segment)) + more;
    }

    /** The path of a question about this ranking. */
    String path(String question, String more) {
        return LaurelApi.ranking(board.id(), window.period().word()) + question + "?" + query(more);
    }

    /** An answer is about this window and from the store that has to answer. */
    void assertOrigin(JsonNode answer, Reply reply) {
        assertThat(answer.path("source").asText()).as("source of %s", reply).isEqualTo(source);
        assertThat(answer.path("window").path("id").asText())
                .as("window of %s", reply)
                .isEqualTo(window.id());
        assertThat(answer.path("segment").asText(null))
                .as("segment of %s", reply)
                .isEqualTo(segment);
    }
}
