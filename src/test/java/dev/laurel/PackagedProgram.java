package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.LaurelApi;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program in a process of its own.
 *
 * @param process the service; its stores are its children
 * @param log all it has said
 */
record PackagedProgram(Process process, Path log, LaurelApi api) implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration READY = Duration.ofSeconds(60);

    /** Starts it with its data in a folder and waits until it is ready; nothing but the folder and a port is told. */
    static PackagedProgram start(Path place) throws IOException {
        int port = freePort();
        Path log = Files.createTempFile(place, "laurel", ".out");
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Dquarkus.vertx.max-event-loop-execute-time=1s",
                        "-jar",
                        JAR.toAbsolutePath().toString())
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment()
                .put("LAUREL_EMBEDDED_DATA_DIR", place.resolve("data").toString());
        PackagedProgram program =
                new PackagedProgram(builder.start(), log, new LaurelApi(URI.create("http://localhost:" + port + "/")));
        try {
            program.waitUntilReady();
        } catch (RuntimeException | AssertionError notReady) {
            program.close();
            throw new AssertionError("The program does not start; it said " + program.output(), notReady);
        }
        return program;
    }

    private void waitUntilReady() {
        await().atMost(READY)
                .failFast("the program has ended", () -> !process.isAlive())
                .untilAsserted(
                        () -> assertThat(api.get("/q/health/ready").status()).isEqualTo(200));
    }

    /** Another program could take the port before it is used, but the system hands ports out in turn. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    /** As {@code kill -9} does: its stores are left behind. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill} and a service manager do. */
    void askToStop() {
        process.destroy();
    }

    /** Asks first, so that its stores end too. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 15, TimeUnit.SECONDS).join();
        kill();
    }
}
