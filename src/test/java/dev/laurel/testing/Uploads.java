package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Uploads files to be imported, and waits for what becomes of them. */
public final class Uploads {
    private static final String PATH = "/api/v1/imports";
    private static final String BOUNDARY = "----laurel-boundary";
    private static final Set<String> OVER = Set.of("DONE", "DONE_WITH_ERRORS", "FAILED", "CANCELLED", "UNDONE");

    private final LaurelApi api;

    public Uploads(LaurelApi api) {
        this.api = api;
    }

    /** A form in the making, with what every import needs. */
    public static Form form(String board, String mode) {
        return new Form(new LinkedHashMap<>())
                .with("board", board)
                .with("mode", mode)
                .with("reason", "A test")
                .with("author", "tester");
    }

    public Reply send(Form form, String file, String content) {
        return send(form, file, content.getBytes(StandardCharsets.UTF_8));
    }

    public Reply send(Form form, String file, byte[] content) {
        return api.send("POST", PATH, "multipart/form-data; boundary=" + BOUNDARY, form.body(file, content));
    }

    /** Sends a file that is accepted, and waits for the end of its import. */
    public JsonNode run(Form form, String file, String content) {
        return end(send(form, file, content).expect(202).json().path("id").asLong());
    }

    public JsonNode run(Form form, String file, byte[] content) {
        return end(send(form, file, content).expect(202).json().path("id").asLong());
    }

    /** The import once it is over. */
    public JsonNode end(long id) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> OVER.contains(get(id).path("state").asText()));
        return get(id);
    }

    public JsonNode get(long id) {
        return api.get(PATH + "/" + id).expect(200).json();
    }

    /** Undoes an import, and waits for the end of that. */
    public JsonNode undo(long id) {
        Reply reply = api.post(PATH + "/" + id + "/undo", "{\"reason\":\"A mistake\",\"author\":\"tester\"}");
        assertThat(reply.expect(200).json().path("state").asText()).isEqualTo("UNDOING");
        return end(id);
    }

    /** The fields of a form. */
    public record Form(Map<String, String> fields) {
        public Form with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(fields);
            more.put(name, value);
            return new Form(more);
        }

        public Form without(String name) {
            Map<String, String> fewer = new LinkedHashMap<>(fields);
            fewer.remove(name);
            return new Form(fewer);
        }

        byte[] body(String file, byte[] content) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            fields.forEach((name, value) -> text(
                    body,
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
                            + "\r\n"));
            if (file != null) {
                text(
                        body,
                        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file
                                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
                body.writeBytes(content);
                text(body, "\r\n");
            }
            text(body, "--" + BOUNDARY + "--\r\n");
            return body.toByteArray();
        }

        private static void text(ByteArrayOutputStream body, String text) {
            body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
