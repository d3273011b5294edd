package dev.laurel.platform.embedded;

import static org.awaitility.Awaitility.await;

import dev.laurel.platform.embedded.program.Launcher;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process of a {@link RedisFleet}, on its port and in its folder from one start to the next. */
final class FleetServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long STOP_SECONDS = 10;

    private final List<String> command;
    private final Launcher launcher;
    private final Path folder;
    private final int port;
    private final RedisTalk talk;
    private Process process;
    private volatile boolean keptAlive;
    private volatile boolean paused;

    /**
     * Plans it; nothing is started.
     *
     * @param settings beside those that all have
     */
    FleetServer(Vertx vertx, Fleet fleet, Path folder, int port, List<String> settings) throws IOException {
        this.launcher = fleet.launcher();
        this.folder = folder;
        this.port = port;
        boolean watches = settings.stream().anyMatch(line -> line.startsWith("sentinel "));
        talk = new RedisTalk(vertx, port, watches ? null : fleet.secret());
        List<String> all = new ArrayList<>(
                List.of("bind 127.0.0.1", "port " + port, "dir ./", "pidfile redis.pid", "set-proc-title no"));
        if (!watches) {
            all.addAll(List.of(
                    "requirepass " + fleet.secret(),
                    "masterauth " + fleet.secret(),
                    "appendonly no",
                    "save \"\"",
                    "repl-diskless-sync-delay 0",
                    "maxmemory-policy noeviction"));
        }
        all.addAll(settings);
        Path file = Files.writeString(folder.resolve("redis.conf"), String.join("\n", all) + "\n");
        command = new ArrayList<>(List.of(fleet.program().toString(), file.toString()));
        if (watches) {
            command.add("--sentinel");
        }
    }

    /**
     * What all of a fleet share.
     *
     * @param program the server of Redis
     */
    record Fleet(Path program, Launcher launcher, String secret) {}

    int port() {
        return port;
    }

    RedisTalk talk() {
        return talk;
    }

    boolean running() {
        return process != null && process.isAlive();
    }

    /** Whether there is somebody to ask: who asks a paused one waits for nothing. */
    boolean answers() {
        return running() && !paused;
    }

    void pause() {
        paused = true;
        signal("STOP");
    }

    void resume() {
        signal("CONT");
        paused = false;
    }

    /** Returns when it serves. */
    synchronized void start() throws IOException {
        launch();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> "PONG"
                .equals(talk.ask(Command.PING).toString()));
    }

    private synchronized void launch() throws IOException {
        process = launcher.server(command, folder, folder.resolve("redis.log"));
        paused = false;
        process.onExit().thenRun(this::relaunch);
    }

    /** From now on it is started again whenever it ends. */
    void keepAlive() {
        keptAlive = true;
    }

    private void relaunch() {
        if (keptAlive) {
            try {
                launch();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        keptAlive = false;
        if (running()) {
            signal("CONT");
        }
        talk.close();
        if (running()) {
            process.destroy();
            process.onExit()
                    .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                    .join();
            process.destroyForcibly();
        }
    }
}
