package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a forge reads: workflows whose actions cannot change under us, the changelog, the settings of Renovate. */
class ForgeFilesTest {
    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Pattern PINNED_ACTION =
            Pattern.compile("uses: [A-Za-z0-9-]+/[A-Za-z0-9-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

    static List<Path> workflows() {
        return YamlFile.below(WORKFLOWS, ".yml", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyActionIsNamedByCommitAndVersion(Path workflow) {
        Stream<String> uses = YamlFile.text(workflow).lines().filter(line -> line.contains("uses:"));

        assertThat(uses).isNotEmpty().allSatisfy(line -> assertThat(line).containsPattern(PINNED_ACTION));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void jobsMayReadAndAreBounded(Path workflow) {
        JsonNode file = YamlFile.read(workflow);

        assertThat(file.path("on").isMissingNode()).isFalse();
        assertThat(file.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(file.path("jobs")).isNotEmpty().allSatisfy(job -> {
            assertThat(job.path("timeout-minutes").asInt()).isPositive();
            assertThat(job.path("runs-on").asText()).matches("ubuntu-\\d+\\.\\d+");
            assertThat(job.path("steps")).isNotEmpty();
        });
        assertThat(file.findValuesAsText("file"))
                .allSatisfy(named -> assertThat(Path.of(named)).exists());
    }

    @Test
    void jobsNeedJobsThatThereAre() {
        JsonNode jobs = YamlFile.read(WORKFLOWS.resolve("release.yml")).path("jobs");

        assertThat(jobs.findValues("needs")).isNotEmpty().allSatisfy(needs -> {
            if (needs.isTextual()) {
                assertThat(jobs.has(needs.asText())).as(needs.asText()).isTrue();
            }
            needs.forEach(need ->
                    assertThat(jobs.has(need.asText())).as(need.asText()).isTrue());
        });
    }

    @Test
    void renovateKnowsEveryFileThatNamesImages() {
        JsonNode settings = YamlFile.read(Path.of("renovate.json"));

        assertThat(settings.path("extends")).extracting(JsonNode::asText).contains("docker:pinDigests");
        assertThat(settings.at("/kubernetes/managerFilePatterns")).isNotEmpty();
    }

    @Test
    void theChangelogHasAPlaceForWhatIsNew() {
        assertThat(YamlFile.text(Path.of("CHANGELOG.md"))).contains("\n## [Unreleased]\n");
    }
}
