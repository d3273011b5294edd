package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** Whom the program serves when nobody says. */
class ListenAddressIT {
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
        }
    }

    @Test
    void itServesOthersWhenTold() throws IOException {
        assumeTrue(Program.BUILT.embedsStores(), "The native program has no stores of its own");
        int port = PackagedProgram.freePort();
        try (PackagedProgram program = start(port, Map.of("QUARKUS_HTTP_HOST", "0.0.0.0"))) {
            program.api().get("/api/v1").expect(200);
            for (InetAddress address : otherAddresses()) {
                assertThat(isOpen(address, port)).as("%s", address).isTrue();
            }
        }
    }

    private PackagedProgram start(int port, Map<String, String> told) throws IOException {
        Map<String, String> environment = new java.util.HashMap<>(told);
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
