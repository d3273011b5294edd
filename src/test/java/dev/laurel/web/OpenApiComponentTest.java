package dev.laurel.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.laurel.archive.Archive;
import dev.laurel.board.Boards;
import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.Period;
import dev.laurel.shipping.MonitoringFiles;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the service says about itself: its document, its metrics, its health. */
@QuarkusTest
class OpenApiComponentTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String PROBLEM = "/content/application~1problem+json";

    @TestHTTPResource
    URI service;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Boards boards;

    @Inject
    Archive archive;

    @Test
    void everyOperationIsDescribedWithItsAnswersAndErrors() {
        List<JsonNode> operations = operations();

        assertThat(operations).hasSizeGreaterThan(15).allSatisfy(operation -> {
            assertThat(operation.path("operationId").asText()).isNotBlank();
            assertThat(operation.path("summary").asText()).isNotBlank();
            assertThat(operation.path("responses").fieldNames())
                    .toIterable()
                    .as("responses of %s", operation.path("operationId"))
                    .containsAnyOf("200", "201", "202", "204")
                    .contains("default");
            operation.path("responses").properties().forEach(this::assertProblemIfError);
        });
        assertThat(operations)
                .extracting(operation -> operation.path("operationId").asText())
                .doesNotHaveDuplicates();
    }

    private void assertProblemIfError(Map.Entry<String, JsonNode> response) {
        if (response.getKey().startsWith("2") || response.getKey().startsWith("3")) {
            return;
        }
        JsonNode shared = response.getValue().path("$ref");
        JsonNode problem = shared.isMissingNode()
                ? response.getValue().at(PROBLEM)
                : document().at(shared.asText().substring(1) + PROBLEM);
        assertThat(problem.at("/schema/$ref").asText()).isEqualTo("#/components/schemas/Problem");
        assertThat(problem.at("/example/status").asInt()).isGreaterThanOrEqualTo(400);
        assertThat(problem.at("/example/type").asText()).startsWith("urn:laurel:problem:");
    }

    @Test
    void theProblemSchemaIsPartOfTheDocument() {
        JsonNode properties = document().at("/components/schemas/Problem/properties");

        assertThat(properties.fieldNames())
                .toIterable()
                .contains("type", "title", "status", "detail", "code", "errors");
    }

    @ParameterizedTest
    @CsvSource({
        "listBoards, page, 1, 1000000, 1", "listBoards, limit, 1, 200, 50",
        "listWindows, page, 1, 1000000, 1", "listWindows, limit, 1, 200, 50",
        "getPlayerHistory, page, 1, 1000000, 1", "getPlayerHistory, limit, 1, 200, 50",
        "listAdjustments, page, 1, 1000000, 1", "listAdjustments, limit, 1, 200, 50",
        "getAdminLog, page, 1, 1000000, 1", "getAdminLog, limit, 1, 200, 50",
        "listPlayers, page, 1, 1000000, 1", "listPlayers, limit, 1, 200, 50",
    })
    void pagesAreNumbersWithBounds(String operation, String name, long min, long max, long byDefault) {
        JsonNode schema = parameter(operation, name).path("schema");

        assertThat(schema.path("type").asText()).isEqualTo("integer");
        assertThat(schema.path("minimum").asLong()).isEqualTo(min);
        assertThat(schema.path("maximum").asLong()).isEqualTo(max);
        assertThat(schema.path("default").asLong()).isEqualTo(byDefault);
    }

    @Test
    void periodsAreNamedAndRequired() {
        JsonNode reset = parameter("compatReset", "period");
        JsonNode windows = parameter("listWindows", "period");

        assertThat(reset.path("required").asBoolean()).isTrue();
        assertThat(reset.at("/schema/enum")).extracting(JsonNode::asText).contains("daily", "yearly");
        assertThat(windows.path("required").asBoolean()).isTrue();
        assertThat(windows.at("/schema/$ref").asText()).isEqualTo("#/components/schemas/PeriodPath");
    }

    @Test
    void everyParameterIsDescribed() {
        assertThat(operations()).allSatisfy(operation -> assertThat(operation.path("parameters"))
                .as("parameters of %s", operation.path("operationId"))
                .allSatisfy(
                        parameter -> assertThat(parameter.path("description").asText())
                                .as("description of %s", parameter.path("name"))
                                .isNotBlank()));
    }

    @Test
    void answersSayWhichFieldsAreAlwaysThere() {
        JsonNode ranking = document().at("/components/schemas/Ranking");

        assertThat(ranking.path("required"))
                .extracting(JsonNode::asText)
                .contains("board", "window", "total", "entries")
                .doesNotContain("next", "matching");
        assertThat(document()
                        .at("/components/schemas/Status/properties/drift/nullable")
                        .asBoolean())
                .as("a number that may be null")
                .isTrue();
    }

    @Test
    void namesAreThoseOfTheInterface() {
        assertThat(document().at("/components/schemas").fieldNames())
                .toIterable()
                .contains("Board", "BoardPage", "ScoreEvent")
                .noneMatch(name -> name.contains("Json") || name.matches(".*\\d"));
    }

    @Test
    void anyDocumentIsTakenAsAttributes() {
        JsonNode attributes = document().at("/components/schemas/ScoreEvent/properties/attributes");

        assertThat(attributes.path("type").asText()).isEqualTo("object");
        assertThat(attributes.path("additionalProperties").asBoolean()).isTrue();
    }

    private JsonNode parameter(String operationId, String name) {
        for (JsonNode operation : operations()) {
            if (operationId.equals(operation.path("operationId").asText())) {
                for (JsonNode parameter : operation.path("parameters")) {
                    if (name.equals(parameter.path("name").asText())) {
                        return parameter;
                    }
                }
            }
        }
        throw new AssertionError(operationId + " has no parameter " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/openapi", "/q/openapi.yaml", "/q/openapi.yml"})
    void asYamlTheDocumentTellsTheSame(String path) throws IOException {
        assertThat(new ObjectMapper(new YAMLFactory()).readTree(textOf(path))).isEqualTo(document());
    }

    @Test
    void theFileEndingInJsonIsTheSameDocument() {
        assertThat(textOf("/q/openapi.json")).isEqualTo(textOf("/q/openapi?format=json"));
    }

    @Test
    void swaggerUiShowsTheDocument() {
        assertThat(textOf("/q/swagger-ui/")).contains("/q/openapi");
    }

    @Test
    void everyMeterIsPublished() throws IllegalAccessException {
        given().body("{\"title\":\"Metered\"}")
                .contentType("application/json")
                .put("/api/v1/boards/metered")
                .then()
                .statusCode(201);
        given().body("{\"playerId\":\"ann\",\"score\":1}")
                .contentType("application/json")
                .post("/api/v1/boards/metered/scores")
                .then()
                .statusCode(200);
        given().get("/api/v1/boards/metered/rankings/daily").then().statusCode(200);

        OnEventLoop.await(() -> boards.get("metered").chain(board -> archive.reset(board, Period.DAILY)));

        Set<String> names = meters();
        // Jobs are counted once they have run.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            String metrics =
                    new LaurelApi(management).get("/q/metrics").expect(200).text();
            for (String meter : names) {
                assertThat(metrics).contains(meter.replace('.', '_'));
            }
            MonitoringFiles.metrics().forEach((name, labels) -> {
                assertThat(metrics).as("what alerts and dashboard ask for").containsPattern("(?m)^" + name + "[{ ]");
                labels.forEach(label -> assertThat(metrics)
                        .as("the label %s of %s", label, name)
                        .containsPattern("(?m)^" + name + "\\{([^}]*,)?" + label + "=\""));
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started"})
    void healthIsUp(String address) {
        JsonNode health = new LaurelApi(management).get(address).expect(200).json();

        assertThat(health.path("status").asText()).isEqualTo("UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/ready", "/q/metrics"})
    void whatIsForOperatorsIsNotOnThePublicPort(String address) {
        new LaurelApi(service).get(address).expect(404);
    }

    @Test
    void readinessIsThatOfTheStores() {
        JsonNode ready =
                new LaurelApi(management).get("/q/health/ready").expect(200).json();

        assertThat(ready.path("checks").findValuesAsText("name")).contains("Stores", "Caches");
    }

    private static String textOf(String address) {
        return given().get(address).then().statusCode(200).extract().asString();
    }

    private List<JsonNode> operations() {
        List<JsonNode> operations = new ArrayList<>();
        document().path("paths").forEach(path -> path.properties().forEach(operation -> {
            if (METHODS.contains(operation.getKey())) {
                operations.add(operation.getValue());
            }
        }));
        return operations;
    }

    private JsonNode document() {
        return new LaurelApi(service).get("/q/openapi?format=json").expect(200).json();
    }

    private static Set<String> meters() throws IllegalAccessException {
        Set<String> meters = new TreeSet<>();
        for (Field field : Meters.class.getFields()) {
            meters.add((String) field.get(null));
        }
        return meters;
    }
}
