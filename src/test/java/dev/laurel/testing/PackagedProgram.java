package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program in a process of its own.
 *
 * @param process the service; stores of its own are its children
 * @param log all it has said
 * @param api its interface
 * @param management its health and metrics
 */
public record PackagedProgram(Process process, Path log, LaurelApi api, LaurelApi management) implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);

    /** Starts it and waits until it is ready; nothing but a port and this is told. */
    public static PackagedProgram start(Path place, Map<String, String> environment) throws IOException {
        PackagedProgram program = launch(place, freePort(), List.of(), environment);
        program.awaitReady();
        return program;
    }

    /**
     * Launches it and returns at once.
     *
     * @param place its working folder, where its log is written
     * @param options for the virtual machine
     * @param environment what is told beside the ports
     */
    public static PackagedProgram launch(Path place, int port, List<String> options, Map<String, String> environment)
            throws IOException {
        return launch(Program.BUILT, place, port, options, environment);
    }

    /** As the other one, for a program that may be of another version. */
    public static PackagedProgram launch(
            Program program, Path place, int port, List<String> options, Map<String, String> environment)
            throws IOException {
        return launch(program, place, port, options, List.of(), environment);
    }

    /** Launches it with arguments, for a run that ends by itself. */
    public static PackagedProgram launchOnce(Path place, Map<String, String> environment, String... arguments)
            throws IOException {
        return launch(Program.BUILT, place, freePort(), List.of(), List.of(arguments), environment);
    }

    private static PackagedProgram launch(
            Program program,
            Path place,
            int port,
            List<String> options,
            List<String> arguments,
            Map<String, String> environment)
            throws IOException {
        Path log = Files.createTempFile(place, "laurel", ".out");
        List<String> all = new ArrayList<>(List.of("-Dquarkus.vertx.max-event-loop-execute-time=1s"));
        all.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(program.command(all, arguments))
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        int managementPort = freePort(port);
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        // Tests of keys set it to nothing.
        builder.environment().put("LAUREL_ACCESS_OPEN", "true");
        builder.environment().putAll(environment);
        return new PackagedProgram(builder.start(), log, at(port), at(managementPort));
    }

    private static LaurelApi at(int port) {
        return new LaurelApi(URI.create("http://localhost:" + port + "/"));
    }

    /** Waits until it is ready; one that does not become so is ended. */
    public void awaitReady() throws IOException {
        try {
            waitUntilReady();
        } catch (RuntimeException | AssertionError notReady) {
            close();
            throw new AssertionError("The program does not start; it said " + output(), notReady);
        }
    }

    private void waitUntilReady() {
        await().atMost(READY)
                .pollInterval(Duration.ofMillis(20))
                .failFast("the program has ended", () -> !process.isAlive())
                .untilAsserted(() ->
                        assertThat(management.get("/q/health/ready").status()).isEqualTo(200));
    }

    /** One that is not the other one, which may not be taken yet. */
    private static int freePort(int other) throws IOException {
        int port = freePort();
        return port == other ? freePort(other) : port;
    }

    /** Another program could take the port before it is used, but the system hands ports out in turn. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    public String output() throws IOException {
        return Files.readString(log);
    }

    /** As {@code kill -9} does: its stores are left behind. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill} and a service manager do. */
    public void askToStop() {
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
