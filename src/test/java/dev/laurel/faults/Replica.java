package dev.laurel.faults;

import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A process of the packaged service that keeps its port when it is started again. */
final class Replica implements AutoCloseable {
    private final Path place;
    private final int port;
    private final List<String> options;
    private final Map<String, String> environment;
    private PackagedProgram program;

    /** Plans a process; nothing is started. */
    Replica(String name, List<String> options, Map<String, String> environment) throws IOException {
        this.place = Files.createDirectories(Path.of("target", "fault-replicas", name));
        this.port = PackagedProgram.freePort();
        this.options = options;
        this.environment = environment;
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

    boolean running() {
        return program != null && program.process().isAlive();
    }

    /** Starts it, unless it runs, and answers how long it took to be ready. */
    Duration start() {
        long began = System.nanoTime();
        try {
            if (!running()) {
                program = PackagedProgram.launch(place, port, options, environment);
                program.awaitReady();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
