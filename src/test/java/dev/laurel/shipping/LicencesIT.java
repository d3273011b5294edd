package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bill of materials of the build, and the licences in it. Every build of CI makes one; others by -Psbom. */
class LicencesIT {
    private static final Path BILL = Path.of("target/laurel-sbom.json");
    private static final Path ALLOWED = Path.of("src/test/resources/licences.txt");

    @Test
    void everyComponentHasALicenceThatIsAllowed() throws IOException {
        assumeTrue(Files.exists(BILL) || System.getenv("CI") != null, "a build with -Psbom");
        JsonNode bill = new ObjectMapper().readTree(BILL.toFile());
        Set<String> allowed;
        try (Stream<String> lines = Files.lines(ALLOWED)) {
            allowed = lines.filter(line -> !line.startsWith("#")).collect(Collectors.toCollection(TreeSet::new));
        }

        List<String> refused = new ArrayList<>();
        for (JsonNode component : bill.path("components")) {
            String name = component.path("group").asText() + ":"
                    + component.path("name").asText();
            List<String> licences = licences(component);
            // Of several, one may be chosen.
            if (licences.stream().noneMatch(allowed::contains) && !allowed.contains(name)) {
                refused.add(name + " " + licences);
            }
        }
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.at("/metadata/component/name").asText()).isEqualTo("laurel");
        assertThat(bill.path("components"))
                .extracting(component -> component.path("name").asText())
                .contains("jose4j", "quarkus-rest-jackson")
                .doesNotContain("archunit", "assertj-core");
        assertThat(refused)
                .as("neither the licences nor the component in " + ALLOWED)
                .isEmpty();
    }

    private static List<String> licences(JsonNode component) {
        List<String> licences = new ArrayList<>();
        for (JsonNode entry : component.path("licenses")) {
            if (entry.has("expression")) {
                licences.add(entry.path("expression").asText());
            } else {
                JsonNode licence = entry.path("license");
                licences.add(
                        licence.has("id")
                                ? licence.path("id").asText()
                                : licence.path("name").asText());
            }
        }
        return licences;
    }
}
