package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.shipping.Dockerfile.Instruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files for containers keep to their rules, and name files and versions that there are. */
class ContainerFilesTest {
    private static final Path FOLDER = Path.of("src/main/docker");
    private static final List<String> LABELS =
            List.of("title", "description", "licenses", "version", "revision", "created", "source", "base.name");

    /** What a build of the project leaves, as far as images take it. */
    private static final List<String> BUILT = List.of(
            "target/*-runner",
            "target/quarkus-app",
            "target/quarkus-app/lib",
            "target/quarkus-app/*.jar",
            "target/quarkus-app/quarkus",
            "target/quarkus-app/app");

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm", "multistage"})
    void theImageRunsAsANumberedUserWithoutAShell(String kind) {
        Dockerfile image = dockerfile(kind).image();

        assertThat(image.only("USER").arguments()).isEqualTo("65532:65532");
        assertThat(image.only("ENTRYPOINT").arguments()).startsWith("[");
        assertThat(image.bases()).containsExactly("scratch");
        assertThat(image.all("RUN")).isEmpty();
        assertThat(image.all("HEALTHCHECK")).as("the orchestrator asks").isEmpty();
        assertThat(image.only("EXPOSE").words()).containsExactly("8080", "9000");
        assertThat(dockerfile(kind).instructions())
                .as("what makes the files of the image takes shell and tools out of them")
                .contains(new Instruction("RUN", "rm -rf /usr/bin /usr/sbin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm", "multistage"})
    void everyBaseHasAVersion(String kind) {
        Dockerfile file = dockerfile(kind);

        assertThat(file.bases()).allSatisfy(base -> {
            if (!base.equals("scratch") && !file.stages().contains(base)) {
                assertThat(base).matches(Images.PINNED);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm", "multistage"})
    void everyFileThatIsCopiedIsThere(String kind) {
        Dockerfile file = dockerfile(kind);

        for (Instruction copy : file.all("COPY")) {
            if (!copy.option("from").isEmpty()) {
                assertThat(file.stages()).containsAll(copy.option("from"));
                continue;
            }
            assertThat(copy.sources()).isNotEmpty().allSatisfy(source -> {
                assertThat(letIn(source))
                        .as("%s is let in by .dockerignore", source)
                        .isTrue();
                assertThat(BUILT.contains(source) || Files.exists(Path.of(source)))
                        .as("%s exists, or a build makes it", source)
                        .isTrue();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm", "multistage"})
    void theImageSaysWhatItIs(String kind) {
        Dockerfile file = dockerfile(kind);
        String labels = file.image().only("LABEL").arguments();
        String ground = file.all("FROM").stream()
                .filter(from -> from.words().contains("ground"))
                .map(from -> Images.withoutDigest(from.words().get(0)))
                .findFirst()
                .orElseThrow();

        assertThat(LABELS).allSatisfy(label -> assertThat(labels).contains("org.opencontainers.image." + label + "="));
        assertThat(labels).contains("org.opencontainers.image.base.name=\"" + ground + "\"");
    }

    @Test
    void nothingElseGetsIntoABuild() {
        assertThat(ignoreRules()).startsWith("*");
        assertThat(List.of(".git/config", "data/secret", "src/test/java", "src/main/docker/compose.yaml", "README.md"))
                .noneMatch(ContainerFilesTest::letIn);
    }

    @Test
    void composeRunsTheVersionsOfTheManifests() {
        JsonNode services = YamlFile.read(FOLDER.resolve("compose.yaml")).path("services");

        JsonNode laurel = services.path("laurel");
        assertThat(laurel.path("image").asText()).isEqualTo("laurel:" + Images.version());
        assertThat(laurel.path("user").asText()).isEqualTo("65532:65532");
        assertThat(laurel.path("read_only").asBoolean()).isTrue();
        assertThat(laurel.path("cap_drop")).extracting(JsonNode::asText).containsExactly("ALL");
        assertThat(FOLDER.resolve(laurel.at("/build/context").asText()).normalize())
                .isEqualTo(Path.of(""));
        assertThat(Path.of(laurel.at("/build/dockerfile").asText())).exists();
        assertThat(services.path("postgres").path("image").asText()).isEqualTo(Images.ofLocalOverlay("postgres"));
        assertThat(services.path("redis").path("image").asText()).isEqualTo(Images.ofLocalOverlay("redis"));
        assertThat(services.findValuesAsText("image"))
                .filteredOn(image -> !image.startsWith("laurel:"))
                .allSatisfy(image -> assertThat(image).matches(Images.PINNED));
    }

    @Test
    void theFormOfComposeThatNeedsNoNativeBuildChangesTheServiceAlone() {
        JsonNode services = YamlFile.read(FOLDER.resolve("compose.jvm.yaml")).path("services");

        assertThat(services.fieldNames()).toIterable().containsExactly("laurel");
        JsonNode laurel = services.path("laurel");
        assertThat(laurel.path("image").asText()).isEqualTo("laurel:" + Images.version() + "-jvm");
        assertThat(Path.of(laurel.at("/build/dockerfile").asText()))
                .exists()
                .isEqualTo(FOLDER.resolve("Dockerfile.jvm"));
        assertThat(laurel.path("command").isArray()).isTrue();
        assertThat(laurel.path("command"))
                .as("options of the native program are no arguments")
                .isEmpty();
    }

    private static Dockerfile dockerfile(String kind) {
        return Dockerfile.read(FOLDER.resolve("Dockerfile." + kind));
    }

    private static List<String> ignoreRules() {
        return YamlFile.text(Path.of(".dockerignore"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** As an engine decides: the last rule that fits the file, or a folder around it. */
    private static boolean letIn(String source) {
        boolean in = true;
        for (String rule : ignoreRules()) {
            boolean allows = rule.startsWith("!");
            if (fits(allows ? rule.substring(1) : rule, Path.of(source))) {
                in = allows;
            }
        }
        return in;
    }

    private static boolean fits(String rule, Path file) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + rule);
        for (Path part = file; part != null; part = part.getParent()) {
            if (matcher.matches(part)) {
                return true;
            }
        }
        return false;
    }
}
