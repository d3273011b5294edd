package dev.laurel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.RawHttp;
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

        await().atMost(Duration.ofSeconds(30))
                .until(() -> meters.find("http.server.requests")
                                .tags("status", Integer.toString(status), "method", method)
                                .timer()
                        != null);
        assertThat(meters.find("http.server.requests").timers())
                .extracting(timer -> timer.getId().toString())
                .noneMatch(label -> label.contains("labelled"));
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /%zz, 400, PATCH",
        "DELETE, /api/v1/boards/%ff, 400, DELETE",
        "TRACE, /api/v1, 405, UNKNOWN",
        "INVENTED, /api/v1, 405, UNKNOWN",
    })
    void aRefusedRequestIsCountedUnderItsMethodAndNoOperation(String method, String target, int status, String label)
            throws IOException {
        assertThat(RawHttp.exchange(
                                service, method + " " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(status);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> meters.find("http.server.requests")
                                .tags("status", Integer.toString(status), "method", label, "uri", "/UNMATCHED")
                                .timer()
                        != null);
        assertThat(meters.find("http.server.requests")
                        .tags("uri", "root", "status", Integer.toString(status))
                        .timers())
                .isEmpty();
    }
}
