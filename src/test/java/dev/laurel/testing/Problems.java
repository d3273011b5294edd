package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** Assertions on refusals: every one is an RFC 9457 problem that gives nothing of the inside away. */
public final class Problems {

    private static final List<String> INSIDE = List.of(
            "Exception", "\tat ", "dev.laurel", "io.quarkus", "io.vertx", "com.fasterxml", "java.lang", "SELECT ");

    private Problems() {}

    /** The answer is a problem of that status and names each of the fields. */
    public static void assertProblem(Reply reply, int status, String... fields) {
        reply.expect(status);
        assertThat(reply.header("Content-Type")).as("type of %s", reply).startsWith("application/problem+json");
        assertThat(reply.text()).as("what %s tells", reply).doesNotContain(INSIDE);
        JsonNode problem = reply.json();
        assertThat(problem.path("status").asInt()).as("status in %s", reply).isEqualTo(status);
        for (String member : List.of("type", "title", "detail", "code")) {
            assertThat(problem.path(member).asText())
                    .as("%s in %s", member, reply)
                    .isNotBlank();
        }
        List<String> named = new ArrayList<>();
        for (JsonNode error : problem.path("errors")) {
            named.add(error.path("field").asText());
            assertThat(error.path("message").asText())
                    .as("message in %s", reply)
                    .isNotBlank();
        }
        // A list's element is named as list[0]; what counts is that the list is named.
        for (String field : fields) {
            assertThat(named).as("fields named by %s", reply).anyMatch(name -> isOrIsIn(field, name));
        }
    }

    private static boolean isOrIsIn(String field, String name) {
        return name.equals(field) || name.startsWith(field + "[") || name.startsWith(field + ".");
    }
}
