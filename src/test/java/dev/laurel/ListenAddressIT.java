package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Problems;
import dev.laurel.testing.Program;
import dev.laurel.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whom the program serves when nobody says. */
class ListenAddressIT {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path place;

    @Test
    void withStoresOfItsOwnItServesThisMachineOnly() throws IOException {
        assumeTrue(Program.BUILT.embedsStores(), "The native program has no stores of its own");
        int port = PackagedProgram.freePort();
        try (PackagedProgram program = start(port, Map.of())) {
            program.api().get("/api/v1").expect(200);
            for (InetAddress address : otherAddresses()) {
                assertThat(isOpen(address, port)).as("%s", address).isFalse();
            }
            String foreign = "GET /api/v1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
            Problems.assertProblem(RawHttp.exchange(URI.create("http://127.0.0.1:" + port), foreign), 403);
            assertThat(program.output()).containsOnlyOnce("The service is open");
        }
    }

    /** What somebody meets who serves others without having thought of keys, and what the message leads to. */
    @Test
    void itServesOthersOnlyOnceThereIsAKey() throws Exception {
        assumeTrue(Program.BUILT.embedsStores(), "The native program has no stores of its own");
        Map<String, String> environment = Map.of(
                "LAUREL_EMBEDDED_DATA_DIR",
                place.resolve("data").toString(),
                "LAUREL_ACCESS_OPEN",
                "",
                "QUARKUS_HTTP_HOST",
                "0.0.0.0");
        try (PackagedProgram keyless = PackagedProgram.launchOnce(place, environment)) {
            assertThat(keyless.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends by itself; it said %s", keyless.output())
                    .isTrue();
            assertThat(keyless.process().exitValue()).isEqualTo(1);
            assertThat(keyless.output())
                    .contains("keys create --admin --direct", "LAUREL_ACCESS_OPEN=true")
                    .doesNotContain("\tat ");
        }
        String key = firstKey(environment);
        int port = PackagedProgram.freePort();
        try (PackagedProgram program = PackagedProgram.launch(place, port, List.of(), environment)) {
            program.awaitReady();
            Problems.assertProblem(program.api().get("/api/v1/boards"), 401);
            program.api()
                    .get("/api/v1/boards", "Authorization", "Bearer " + key)
                    .expect(200);
            program.api().get("/api/v1/boards", "X-API-Key", "x" + key).expect(401);
            program.management().get("/q/health/ready").expect(200);
            program.management().get("/q/metrics").expect(200);
            program.api().get("/q/openapi").expect(200);
            assertThat(program.output()).doesNotContain(key, key.substring(20));
            JsonNode made = program.api()
                    .get("/api/v1/admin/audit-log?operation=createKey", "X-API-Key", key)
                    .expect(200)
                    .json()
                    .path("items");
            assertThat(made).hasSize(1);
            assertThat(made.get(0).path("actorKind").asText()).isEqualTo("SYSTEM");
            assertThat(made.get(0).path("actor").asText()).isEqualTo("direct");
            assertThat(made.get(0).path("status").asInt()).isEqualTo(201);
            assertThat(made.get(0).at("/after/scopes").asText()).isEqualTo("admin");
            Problems.assertProblem(
                    program.api()
                            .delete(
                                    "/api/v1/admin/keys/"
                                            + made.get(0).at("/after/id").asText(),
                                    "X-API-Key",
                                    key),
                    409);
        }
    }

    /** The only line of its output that is one. */
    private String firstKey(Map<String, String> environment) throws Exception {
        try (PackagedProgram maker =
                PackagedProgram.launchOnce(place, environment, "keys", "create", "--admin", "--direct")) {
            assertThat(maker.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends by itself; it said %s", maker.output())
                    .isTrue();
            assertThat(maker.process().exitValue()).as(maker.output()).isZero();
            List<String> keys = maker.output()
                    .lines()
                    .filter(line -> line.startsWith("laurel_"))
                    .toList();
            assertThat(keys).as(maker.output()).hasSize(1);
            return keys.get(0);
        }
    }

    @Test
    void itServesOthersWhenTold() throws IOException {
        assumeTrue(Program.BUILT.embedsStores(), "The native program has no stores of its own");
        int port = PackagedProgram.freePort();
        try (PackagedProgram program =
                start(port, Map.of("QUARKUS_HTTP_HOST", "0.0.0.0", "LAUREL_ACCESS_OPEN", "true"))) {
            program.api().get("/api/v1").expect(200);
            for (InetAddress address : otherAddresses()) {
                assertThat(isOpen(address, port)).as("%s", address).isTrue();
            }
        }
    }

    private PackagedProgram start(int port, Map<String, String> told) throws IOException {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("LAUREL_ACCESS_OPEN", ""));
        environment.putAll(told);
        environment.put("LAUREL_EMBEDDED_DATA_DIR", place.resolve("data").toString());
        PackagedProgram program = PackagedProgram.launch(place, port, List.of(), environment);
        program.awaitReady();
        return program;
    }

    private static boolean isOpen(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    /** Addresses of this machine that are not the loopback; none on a machine without a network. */
    private static List<InetAddress> otherAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
                .toList();
    }
}
