package dev.laurel.cli.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A running service, over HTTP. Every method fails with {@link CommandFailed} unless the service has accepted the request. */
public final class ServiceClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Until the response to an upload begins: a large file over a slow line. */
    private static final Duration UPLOAD = Duration.ofHours(6);

    /** The service itself refuses for a while: too busy, starting, stopping, or without PostgreSQL. */
    private static final List<Integer> LATER = List.of(429, 502, 503, 504);

    private static final String CONFIRMATION_REQUIRED = "CONFIRMATION_REQUIRED";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final String key;
    private final HttpClient http;

    ServiceClient(URI address, String key) {
        this.address = address;
        this.key = key;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Reads JSON. */
    public JsonNode get(String path) {
        return json(send(request(path, ANSWER).GET().build(), BodyHandlers.ofInputStream()));
    }

    /** Posts JSON, or an empty body for null, and reads JSON. */
    public JsonNode post(String path, JsonNode body) {
        return json(send(
                request(path, ANSWER)
                        .header("Content-Type", "application/json")
                        .POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofInputStream()));
    }

    /** Deletes something and reads JSON about it. */
    public JsonNode delete(String path) {
        return json(send(request(path, ANSWER).DELETE().build(), BodyHandlers.ofInputStream()));
    }

    /** Sends a large body. */
    public JsonNode upload(String path, String contentType, BodyPublisher body) {
        return json(send(
                request(path, UPLOAD)
                        .header("Content-Type", contentType)
                        .POST(body)
                        .build(),
                BodyHandlers.ofInputStream()));
    }

    /** Reads a body of any length, to be closed by the caller. */
    public InputStream stream(String path) {
        return send(request(path, ANSWER).GET().build(), BodyHandlers.ofInputStream())
                .body();
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(timeout).header("User-Agent", "laurel");
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<InputStream> send(HttpRequest request, BodyHandler<InputStream> handler) {
        HttpResponse<InputStream> response;
        try {
            response = http.send(request, handler);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE,
                    "No service answers at " + address
                            + ". Start one by running the program without a command, or name the "
                            + "address of another one by --url or LAUREL_URL.");
        } catch (HttpTimeoutException e) {
            throw new CommandFailed(ExitCode.UNAVAILABLE, "The service at " + address + " does not answer in time.");
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE, "The connection to the service at " + address + " was lost: " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "Interrupted");
        }
        if (response.statusCode() >= 300) {
            throw refused(response);
        }
        return response;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private JsonNode json(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readAllBytes();
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new CommandFailed(
                    ExitCode.FAILED, "What answers at " + address + " is not Laurel: its response is not JSON.");
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.UNAVAILABLE, "The connection to " + address + " was lost: " + reason(e));
        }
    }

    /** A refusal in words: what the service says, and the fields that it names. */
    private CommandFailed refused(HttpResponse<InputStream> response) {
        int status = response.statusCode();
        JsonNode problem = problem(response);
        String title = problem.path("title").asText("");
        String detail = problem.path("detail").asText(title);
        String fields = StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(error -> "\n  " + error.path("field").asText() + " "
                        + error.path("message").asText())
                .collect(Collectors.joining());
        String said = detail.isEmpty() ? "The service at " + address + " answers with status " + status : detail;
        String when = response.headers()
                .firstValue("Retry-After")
                .map(seconds -> "\nTry again in " + seconds + " s.")
                .orElse("");
        return new CommandFailed(
                LATER.contains(status) ? ExitCode.UNAVAILABLE : ExitCode.FAILED, said + fields + when, loss(problem));
    }

    private static String loss(JsonNode problem) {
        return CONFIRMATION_REQUIRED.equals(problem.path("code").asText())
                ? StreamSupport.stream(problem.path("changes").spliterator(), false)
                        .map(change -> change.path("consequence").asText())
                        .collect(Collectors.joining("\n"))
                : null;
    }

    private static JsonNode problem(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            JsonNode problem = JSON.readTree(body.readNBytes(1 << 20));
            return problem == null ? MissingNode.getInstance() : problem;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** A path with a query of those parameters that have a value. */
    public static String query(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(one -> one.getValue() != null)
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** A text as one segment of a path or one value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
