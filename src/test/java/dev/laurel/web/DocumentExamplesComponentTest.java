package dev.laurel.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OpenApiDocument;
import dev.laurel.testing.OpenApiDocument.Operation;
import dev.laurel.testing.Reply;
import dev.laurel.testing.SchemaCheck;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every example of the document is sent as it stands, and every answer to one is what the document says. */
@QuarkusTest
class DocumentExamplesComponentTest {
    private static final String BOARD = "/api/v1/boards/sprint";

    /**
     * Their examples are sound, but not for the board of the examples: it has no past to be filled, and it has several metrics,
     * while what is taken over has one score. The held event has been accepted by the time it would be rejected.
     */
    private static final Set<String> WITHOUT_A_PAST =
            Set.of("undoImport", "fillWindow", "takeOverStandings", "rejectHeldEvent");

    private static final List<Integer> NOTHING_THERE = List.of(404, 409);

    /** What only an earlier answer can tell; the rest comes from the examples. */
    private final Map<String, String> known = new HashMap<>();

    @TestHTTPResource
    URI service;

    private LaurelApi api;
    private OpenApiDocument document;

    @BeforeEach
    void prepare() {
        api = new LaurelApi(service);
        document = OpenApiDocument.of(api);
        api.delete(BOARD);
        api.delete("/api/v1/admin/tenants/north-school");
        Operation put = operation("putBoard");
        api.put(BOARD, example(put, "application/json").toString()).expect(201);
        api.put(
                        BOARD + "/seasons/autumn",
                        example(operation("putSeason"), "application/json").toString())
                .expect(201);
        api.post(
                        BOARD + "/scores",
                        example(operation("submitScore"), "application/json").toString())
                .expect(200);
        api.post("/api/redis-leaderboard/update", "{\"user_id\":\"alice\",\"count\":3}")
                .expect(200);
        known.put("submission", submitted());
        known.put("season", "autumn");
        known.put("window", "2026-11-20");
        known.put("adjustment", adjusted());
        known.put("event", held());
        known.put("cohort", "1");
        api.put(BOARD + "/import-mappings/weekly", "{\"columns\":{}}").expect(200);
        known.put("import", imported());
    }

    private String imported() {
        return new Uploads(api)
                .run(Uploads.form("sprint", "EVENTS"), "week.csv", "player,score\nann,x\n")
                .path("id")
                .asText();
    }

    private String submitted() {
        String challenge = "/api/v1/challenges/reverse";
        api.delete(challenge);
        api.put(
                        challenge,
                        example(operation("putChallenge"), "application/json").toString())
                .expect(201);
        return api.post(
                        challenge + "/gpt-4o/submissions",
                        example(operation("submitToChallenge"), "application/json")
                                .toString())
                .expect(200)
                .json()
                .path("submission")
                .asText();
    }

    private String held() {
        api.patch(BOARD, "{\"plausibility\":{\"maxScore\":500}}").expect(200);
        api.post(
                        BOARD + "/scores",
                        example(operation("submitScore"), "application/json")
                                .toString()
                                .replaceFirst("\"score\":[0-9.]+", "\"score\":501")
                                .replaceFirst("\"eventId\":\"[^\"]*\"", "\"eventId\":\"held-1\""))
                .expect(202);
        return api.get("/api/v1/admin/boards/sprint/held")
                .expect(200)
                .json()
                .path("items")
                .get(0)
                .path("id")
                .asText();
    }

    private String adjusted() {
        return api.post(
                        "/api/v1/admin/boards/sprint/adjustments",
                        example(operation("adjust"), "application/json").toString())
                .expect(200)
                .json()
                .path("adjustment")
                .asText();
    }

    @Test
    void everyExampleOfABodyIsAccepted() {
        List<Reply> refused = new ArrayList<>();
        int sent = 0;
        for (Operation operation : sorted()) {
            for (Map.Entry<String, JsonNode> body : operation.bodies().properties()) {
                for (JsonNode example : examples(body.getValue())) {
                    Reply reply = send(operation, body.getKey(), example.toString());
                    sent++;
                    boolean nothingThere =
                            WITHOUT_A_PAST.contains(operation.id()) && NOTHING_THERE.contains(reply.status());
                    if (reply.status() >= 300 && !nothingThere) {
                        refused.add(reply);
                    }
                }
            }
        }

        assertThat(refused).isEmpty();
        assertThat(sent).isGreaterThan(10);
    }

    @Test
    void everyReadWithTheExamplesOfItsParametersIsAnsweredAsDescribed() {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : sorted()) {
            if (operation.method().equals("GET") && !operation.isEndless()) {
                Reply reply = api.get(address(operation));
                String type = reply.header("Content-Type").replaceFirst(";.*", "");
                JsonNode schema = document.answer(operation, reply.status(), type);
                if (!operation.statuses().contains(Integer.toString(reply.status())) || schema.isMissingNode()) {
                    wrong.add("not described: " + reply);
                } else if (type.endsWith("json") && !type.endsWith("ndjson")) {
                    SchemaCheck.faults(document, schema, reply.json())
                            .forEach(fault -> wrong.add(fault + ": " + reply));
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyExampleMatchesItsSchema() {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : document.operations()) {
            List<JsonNode> contents = new ArrayList<>();
            operation.bodies().forEach(contents::add);
            operation.responses().forEach(response -> document.resolve(response)
                    .path("content")
                    .forEach(contents::add));
            contents.addAll(operation.parameters());
            for (JsonNode content : contents) {
                examples(content).forEach(example -> SchemaCheck.faults(document, content.path("schema"), example)
                        .forEach(fault -> wrong.add(operation.id() + " " + fault)));
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyBodyHasAnExample() {
        assertThat(document.operations()).allSatisfy(operation -> assertThat(operation.bodies())
                .as("bodies of %s", operation)
                .allSatisfy(body -> assertThat(examples(body)).isNotEmpty()));
    }

    private List<Operation> sorted() {
        // What is created has to be there before what belongs to it.
        return document.operations().stream()
                .sorted(Comparator.comparing(
                                (Operation operation) -> !operation.method().equals("PUT"))
                        .thenComparing(Operation::path))
                .toList();
    }

    private Reply send(Operation operation, String type, String body) {
        if (type.startsWith("multipart/")) {
            return new Uploads(api).send(Uploads.form("sprint", "EVENTS"), "week.csv", "player,score\nann,3\n");
        }
        return api.send(operation.method(), address(operation), type, body.getBytes(StandardCharsets.UTF_8));
    }

    private String address(Operation operation) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            boolean inPath = parameter.path("in").asText().equals("path");
            if (inPath) {
                path = path.replace("{" + name + "}", LaurelApi.segment(value(operation, parameter)));
            } else if (parameter.path("in").asText().equals("query")
                    && (parameter.path("required").asBoolean() || parameter.has("example"))) {
                query.add(name + "=" + URLEncoder.encode(value(operation, parameter), StandardCharsets.UTF_8));
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private String value(Operation operation, JsonNode parameter) {
        String name = parameter.path("name").asText();
        JsonNode schema = document.resolve(parameter.path("schema"));
        JsonNode example = parameter.has("example") ? parameter.path("example") : schema.path("example");
        JsonNode usual = example.isMissingNode() ? schema.path("enum").path(0) : example;
        String value = usual.isMissingNode() ? known.get(name) : usual.asText();
        assertThat(value).as("an example of %s for %s", name, operation).isNotNull();
        return value;
    }

    private static List<JsonNode> examples(JsonNode content) {
        List<JsonNode> examples = new ArrayList<>();
        if (content.has("example")) {
            examples.add(content.path("example"));
        }
        content.path("examples").forEach(named -> examples.add(named.path("value")));
        return examples;
    }

    private static JsonNode example(Operation operation, String type) {
        return examples(operation.bodies().path(type)).get(0);
    }

    private Operation operation(String id) {
        return document.operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
