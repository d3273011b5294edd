package dev.laurel.web;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an operation does not know in its query is refused, as what it does not know in its body. */
@QuarkusTest
class QueryParametersComponentTest {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("query").daily().build();
    private LaurelApi api;

    @BeforeEach
    void makeABoard() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
    }

    /** Every operation of the document, so that a new one joins by itself. */
    @Test
    void noOperationIgnoresAParameter() {
        List<Operation> operations = operations();

        assertThat(operations).hasSizeGreaterThan(40);
        for (Operation operation : operations) {
            assertProblem(operation.call(api, "?surprise=1"), 422, "surprise");
            assertProblem(operation.call(api, "?%73urprise"), 422, "surprise");
        }
    }

    @Test
    void everyDeclaredParameterIsKnownAndTakenOnce() {
        for (Operation operation : operations()) {
            for (String name : operation.parameters()) {
                Reply once = operation.call(api, "?" + name + "=1");
                assertThat(once.text()).as("%s", once).doesNotContain("is unknown");
                assertProblem(operation.call(api, "?" + name + "=1&" + name + "=1"), 422, name);
                assertProblem(operation.call(api, "?" + name.toUpperCase(Locale.ROOT) + "=1"), 422);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "limit=5&LIMIT=6, LIMIT",
        "limt=5, limt",
        "limit=5;surprise=1, surprise",
        "&&limit=5&surprise, surprise",
        "limit=5&limit=5, limit",
        "li%6Dit=5&limit=5, limit",
    })
    void hiddenOnesAreFound(String query, String name) {
        assertProblem(api.get(LaurelApi.ranking(board.id(), "daily") + "?" + query), 422, name);
    }

    @Test
    void documentsTakeWhatTheyLike() {
        api.get("/q/openapi?format=json&surprise=1").expect(200);
        api.get("/q/swagger-ui/?surprise=1").expect(200);
        api.get(LaurelApi.ranking(board.id(), "daily") + "?").expect(200);
        assertProblem(api.get("/api/v1/nothing?surprise=1"), 404);
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonNode document = api.get("/q/openapi?format=json").expect(200).json();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation ->
                        operations.add(new Operation(operation.getKey(), path.getKey(), operation.getValue()))));
        return operations;
    }

    /** An operation of the document, called with any ids in its path and an empty body. */
    private record Operation(String method, String path, JsonNode document) {
        List<String> parameters() {
            List<String> names = new ArrayList<>();
            for (JsonNode parameter : document.path("parameters")) {
                if ("query".equals(parameter.path("in").asText())) {
                    names.add(parameter.path("name").asText());
                }
            }
            return names;
        }

        Reply call(LaurelApi api, String query) {
            String address = path.replace("{board}", "no-such-board")
                            .replace("{period}", "daily")
                            .replaceAll("\\{[^}]*}", "1")
                    + query;
            return switch (method) {
                case "get" -> api.get(address);
                case "delete" -> api.delete(address);
                case "put" -> api.put(address, "{}");
                case "post" ->
                    document.at("/requestBody/content").has("multipart/form-data")
                            ? api.send("POST", address, "multipart/form-data; boundary=x", "--x--\r\n".getBytes())
                            : api.post(address, "{}");
                default -> api.send(method.toUpperCase(Locale.ROOT), address, "{}");
            };
        }
    }
}
