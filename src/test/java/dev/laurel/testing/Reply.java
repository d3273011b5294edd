package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An answer of the service: status, headers and body. */
public record Reply(String request, int status, HttpHeaders headers, byte[] bytes) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    public static Reply of(HttpResponse<byte[]> response) {
        String request = response.request().method() + " " + response.request().uri();
        return new Reply(request, response.statusCode(), response.headers(), response.body());
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The body as JSON; numbers keep their digits. */
    public JsonNode json() {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(this + " is not JSON", notJson);
        } catch (java.io.IOException impossible) {
            throw new AssertionError(this + " cannot be read", impossible);
        }
    }

    /** The header's first value, or an empty text. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** This answer, once its status was seen to be the expected one. */
    public Reply expect(int expected) {
        assertThat(status).as("status of %s", this).isEqualTo(expected);
        return this;
    }

    /** This answer, once its status was seen to be that of a success. */
    public Reply expectSuccess() {
        assertThat(status).as("status of %s", this).isBetween(200, 299);
        return this;
    }

    @Override
    public String toString() {
        String text = text();
        return request + " -> " + status + " " + (text.length() > 600 ? text.substring(0, 600) + "…" : text);
    }
}
