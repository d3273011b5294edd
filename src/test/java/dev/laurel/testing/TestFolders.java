package dev.laurel.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Data folders of test runs: one for each process, removed by a later run. */
public final class TestFolders {
    private static final long END_SECONDS = 5;

    private TestFolders() {}

    /** A folder below {@code target} that no test run at the same time uses. */
    public static Path ofThisFork(String name) {
        return Path.of("target", name, Integer.toString(forkNumber()));
    }

    /** Which of the processes that run tests at the same time this is, from 1. */
    static int forkNumber() {
        return Integer.getInteger("surefire.forkNumber", 1);
    }

    /** A folder name that nothing is behind yet; what ended test runs left under this parent is removed. */
    public static Path fresh(Path parent) throws IOException {
        Files.createDirectories(parent);
        ProcessHandle self = ProcessHandle.current();
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder : folders.toList()) {
                long pid = Long.parseLong(folder.getFileName().toString().split("-")[0]);
                boolean inUse = pid != self.pid() && ProcessHandle.of(pid).isPresent();
                if (!inUse) {
                    remove(folder);
                }
            }
        }
        return parent.resolve(Long.toString(self.pid()));
    }

    /** A test run that was killed left its stores running, on files that must not be taken from under them. */
    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.getFileName().toString().endsWith(".pid"))
                    .flatMap(file -> new StoreProcess(file).find().stream())
                    .filter(process -> worksOn(process, folder))
                    .forEach(TestFolders::end);
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static boolean worksOn(ProcessHandle process, Path folder) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains(folder.toRealPath().toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(ProcessHandle process) {
        process.destroyForcibly();
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("A store of an earlier test run does not end", e);
        }
    }
}
