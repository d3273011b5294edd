package dev.laurel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process that a pid file names, with its children.
 *
 * @param pidFile a file whose first line is a process id
 */
public record StoreProcess(Path pidFile) {
    private static final long SIGNAL_SECONDS = 30;

    public long pid() {
        return find().orElseThrow(() -> new IllegalStateException("No process runs for " + pidFile))
                .pid();
    }

    /** Kills the process as a failing machine would. */
    public void kill() {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Kills the process with all processes that serve its clients, as a machine that loses its power does. */
    public void killAll() {
        signal("KILL");
    }

    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /** The process, if the file is there and names a living one. */
    public Optional<ProcessHandle> find() {
        try {
            return Files.readString(pidFile)
                    .lines()
                    .findFirst()
                    .map(line -> Long.valueOf(line.strip()))
                    .flatMap(ProcessHandle::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void signal(String name) {
        String processes = find().stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.joining(" "));
        if (processes.isEmpty()) {
            return;
        }
        try {
            // The shell knows kill even where no such program is installed.
            Process shell = new ProcessBuilder("sh", "-c", "kill -" + name + " " + processes).start();
            if (!shell.waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("kill does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending " + name, e);
        }
    }
}
