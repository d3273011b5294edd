package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Program;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The commands of the README and of the guides do what they say: each document is followed from top to bottom by a shell,
 * as it stands, against a program that has just been started, and the answers it shows are those that come.
 */
class GuidesIT {
    private static final Path README = Path.of("README.md");

    /** Boards of the demonstration are there only with it; what they show moves. */
    private static final String DEMO = "demo-";

    /** Sends what is asked of the documented port to the real one, and writes each status to another stream. */
    private static final String PRELUDE = """
            set -u
            curl() {
              local arguments=()
              for argument in "$@"; do arguments+=("${argument//localhost:8080/$SERVICE}"); done
              command curl --noproxy '*' -w '%{stderr}%{http_code}\\n' "${arguments[@]}"
              echo
            }
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path place;

    static Stream<Path> documents() {
        return Stream.concat(Stream.of(README), YamlFile.below(Path.of("docs/guides"), ".md").stream());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theCommandsDoWhatTheDocumentSays(Path document) throws Exception {
        assumeThat(hasCurl()).as("curl is installed").isTrue();
        List<MarkdownExample> examples = MarkdownExample.of(document).stream()
                .filter(example -> !example.commands().contains(DEMO))
                .toList();
        assertThat(examples).isNotEmpty();

        if (Program.BUILT.embedsStores()) {
            follow(
                    examples,
                    Map.of("LAUREL_EMBEDDED_DATA_DIR", place.resolve("data").toString()));
            return;
        }
        try (KillableStores stores = KillableStores.start(place.resolve("stores"))) {
            follow(examples, stores.environment());
        }
    }

    private void follow(List<MarkdownExample> examples, Map<String, String> environment) throws Exception {
        try (PackagedProgram program = PackagedProgram.start(place, environment)) {
            for (MarkdownExample example : examples) {
                follow(example, program.api().address());
            }
        }
    }

    private void follow(MarkdownExample example, URI service) throws IOException, InterruptedException {
        Path answers = Files.createTempFile(place, "answers", ".json");
        Path statuses = Files.createTempFile(place, "statuses", ".txt");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", PRELUDE + example.commands())
                .redirectOutput(answers.toFile())
                .redirectError(statuses.toFile());
        shell.environment().put("SERVICE", service.getAuthority());
        assertThat(shell.start().waitFor()).isZero();

        String answered = Files.readString(answers, StandardCharsets.UTF_8).strip();
        List<String> told = Files.readAllLines(statuses);
        JsonNode expected = JSON.readTree(example.answer().orElse("{}"));
        int refused = expected.path("type").asText().startsWith("urn:")
                ? expected.path("status").asInt()
                : 0;
        List<String> before = new ArrayList<>(told);
        String last = before.remove(before.size() - 1);
        assertThat(before).as("%s%n%s", example.commands(), answered).allMatch(status -> status.startsWith("2"));
        assertThat(last)
                .as("%s%n%s", example.commands(), answered)
                .matches(refused == 0 ? "2\\d\\d" : Integer.toString(refused));
        if (example.answer().isPresent()) {
            JsonNode actual = JSON.readTree(answered.substring(answered.lastIndexOf("\n") + 1));
            assertThat(withholding(expected, actual)).as(example.commands()).isEqualTo(expected);
        }
    }

    /** An answer with an ellipsis wherever the document has one. */
    private static JsonNode withholding(JsonNode expected, JsonNode actual) {
        if (expected.asText().equals("…") && actual.isTextual()) {
            return expected;
        }
        if (expected.isObject() && actual.isObject()) {
            var object = JSON.createObjectNode();
            actual.fieldNames()
                    .forEachRemaining(name -> object.set(name, withholding(expected.path(name), actual.path(name))));
            return object;
        }
        if (expected.isArray() && actual.isArray()) {
            var array = JSON.createArrayNode();
            Iterator<JsonNode> shown = expected.elements();
            actual.forEach(element -> array.add(shown.hasNext() ? withholding(shown.next(), element) : element));
            return array;
        }
        return actual;
    }

    private static boolean hasCurl() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
