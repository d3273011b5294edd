package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Program;
import dev.laurel.testing.TestFolders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the packaged service that keeps its port when it is started again. */
final class Replica implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);

    /** Longer than the time the service takes for the stop at most. */
    private static final Duration STOPPED = Duration.ofSeconds(25);

    private final Path place;
    private final int port;
    private final List<String> options;
    private final Map<String, String> environment;
    private Program kind;
    private PackagedProgram program;

    /** Plans a process; nothing is started. */
    Replica(String name, Program kind, List<String> options, Map<String, String> environment) throws IOException {
        this.kind = kind;
        this.place =
                Files.createDirectories(TestFolders.ofThisFork("fault-replicas").resolve(name));
        this.port = PackagedProgram.freePort();
        this.options = options;
        // Several that start at once on two processors have enough to do, and no fault test asks for players.
        this.environment = new HashMap<>(Map.of("LAUREL_PLAYER_WARM_UP", "false"));
        this.environment.putAll(environment);
    }

    URI address() {
        return URI.create("http://localhost:" + port + "/");
    }

    LaurelApi api() {
        return new LaurelApi(address());
    }

    /** Health and metrics, while it runs. */
    LaurelApi management() {
        return program.management();
    }

    /** From its next start on it is this build's program, whatever it was. */
    void upgrade() {
        kind = Program.BUILT;
    }

    boolean running() {
        return program != null && program.process().isAlive();
    }

    /** Starts it, unless it runs, and answers how long it took to be ready. */
    Duration start() {
        long began = System.nanoTime();
        try {
            if (!running()) {
                program = PackagedProgram.launch(kind, place, port, options, environment);
                if (kind.equals(Program.BUILT)) {
                    program.awaitReady();
                } else {
                    awaitReadyOfOldProgram();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Older programs have their health on the port of the service. */
    private void awaitReadyOfOldProgram() throws IOException {
        await().atMost(READY)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> assertThat(running()).as(output()).isTrue())
                .untilAsserted(() -> assertThat(List.of(ready(program.api()), ready(program.management())))
                        .contains(true));
    }

    private static boolean ready(LaurelApi port) {
        try {
            return port.get("/q/health/ready").status() == 200;
        } catch (AssertionError unanswered) {
            return false;
        }
    }

    /** Asks it to stop, waits for its end, and answers how long that took. */
    Duration stop() throws IOException, InterruptedException {
        long began = System.nanoTime();
        terminate();
        assertThat(process().waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS))
                .as("end within %s; it said %s", STOPPED, output())
                .isTrue();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    Process process() {
        return program.process();
    }

    String output() throws IOException {
        return program.output();
    }

    /** As {@code kill -9}. */
    void kill() {
        program.kill();
    }

    /** As {@code kill}: a proper stop, not awaited. */
    void terminate() {
        program.askToStop();
    }

    long megabytes() {
        return Memory.residentMegabytes(program.process().pid());
    }

    @Override
    public void close() {
        if (running()) {
            program.close();
        }
    }
}
