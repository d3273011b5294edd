package dev.laurel.platform.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.shared.Tenant;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class AccessEntryTest {
    private static final long NOON = Instant.parse("2024-05-13T12:00:00.250Z").toEpochMilli();

    private static String line(AccessEntry entry) {
        StringBuilder out = new StringBuilder();
        entry.write(out);
        return out.toString();
    }

    @Test
    void anEntryIsALineOfJson() {
        AccessEntry entry = new AccessEntry(
                NOON,
                "GET",
                "/api/v1/boards/{board}",
                200,
                1_005_999,
                4_711,
                true,
                Tenant.DEFAULT,
                "198.51.100.1",
                "req-1",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                new LoggedCaller("KEY", "5f0c9d1e2a3b4c5d"));

        assertThat(line(entry))
                .isEqualTo(
                        "{\"time\":\"2024-05-13T12:00:00.250Z\",\"method\":\"GET\",\"path\":\"/api/v1/boards/{board}\","
                                + "\"status\":200,\"durationMs\":1.005,\"bytes\":4711,\"tenant\":1,"
                                + "\"callerKind\":\"KEY\",\"caller\":\"5f0c9d1e2a3b4c5d\",\"client\":\"198.51.100.1\",\"requestId\":\"req-1\","
                                + "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}\n");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        AccessEntry entry =
                new AccessEntry(NOON, "GET", "/api/v1/boards", 200, 12_345_678, 0, false, null, null, null, null, null);

        assertThat(line(entry)).endsWith("\"status\":200,\"durationMs\":12.345,\"bytes\":0,\"aborted\":true}\n");
    }

    @Test
    void noTextEndsALineOrAValue() throws Exception {
        String hostile = "x\"}\n{\"status\":200}\r\u0000\u001b\\\u2028";
        String line = line(new AccessEntry(
                NOON,
                hostile,
                hostile,
                200,
                0,
                0,
                true,
                null,
                hostile,
                hostile,
                hostile,
                new LoggedCaller("TOKEN", hostile)));
        JsonNode json = new ObjectMapper().readTree(line);

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(line.chars().filter(c -> c < ' ').count()).isEqualTo(1);
        assertThat(json.path("path").asText()).isEqualTo(hostile);
        assertThat(json.path("requestId").asText()).isEqualTo(hostile);
    }
}
