package dev.laurel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whatever is asked, the labels of meters are those of operations. */
@QuarkusTest
class RequestLabelsComponentTest {
    @TestHTTPResource
    URI service;

    @Inject
    MeterRegistry meters;

    @ParameterizedTest
    @CsvSource({
        "POST, api/v1/boards/labelled-a/scores, text/plain, application/json, 415",
        "DELETE, api/v1/boards/labelled-b/scores, application/json, application/json, 404",
        "OPTIONS, api/v1/boards/labelled-g, application/json, application/json, 200",
        "GET, api/v1/boards/labelled-c, application/json, image/png, 406",
        "GET, api/v1/boards/labelled-d/nothing/there, application/json, application/json, 404",
        "GET, api/v1/boards/labelled-e, application/json, application/json, 404",
        "GET, api/v1/boards/labelled-f/rankings/daily?limit=x, application/json, application/json, 422"
    })
    void theNameOfABoardIsNoLabel(String method, String path, String type, String accepted, int status)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/" + path))
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("x"))
                .header("Content-Type", type)
                .header("Accept", accepted)
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(status);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> meters.find("http.server.requests")
                                .tags("status", Integer.toString(status), "method", method)
                                .timer()
                        != null);
        assertThat(meters.find("http.server.requests").timers())
                .extracting(timer -> timer.getId().toString())
                .noneMatch(label -> label.contains("labelled"));
    }
}
