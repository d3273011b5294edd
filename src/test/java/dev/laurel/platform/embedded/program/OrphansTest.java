package dev.laurel.platform.embedded.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

class OrphansTest {
    private static final Set<String> TAIL = Set.of("tail", "another");

    @TempDir
    Path place;

    private Path folder;
    private Path pidFile;
    private Process process;

    /** A program that waits, with the folder as an argument, stands for a server. */
    @BeforeEach
    void start() throws Exception {
        folder = Files.createDirectory(place.toRealPath().resolve("store"));
        pidFile = place.resolve("pid");
        process = new ProcessBuilder("tail", "-f", folder + "/settings", "/dev/null").start();
        Files.writeString(pidFile, process.pid() + "\nmore\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> Orphans.is(process.pid(), TAIL, folder));
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void theProgramOnTheFolderIsRecognised() {
        assertThat(Orphans.find(pidFile, TAIL, folder)).contains(process.toHandle());
    }

    @Test
    void aProcessThatGotTheIdLaterIsNot() throws Exception {
        assertThat(Orphans.find(pidFile, Set.of("postgres"), folder)).isEmpty();
        assertThat(Orphans.find(pidFile, TAIL, Files.createDirectory(place.resolve("sto"))))
                .isEmpty();
    }

    @Test
    void aDeadProcessIsNot() throws Exception {
        process.destroyForcibly().waitFor();

        assertThat(Orphans.find(pidFile, TAIL, folder)).isEmpty();
    }

    @Test
    void aMissingOrBrokenPidFileNamesNobody() throws Exception {
        assertThat(Orphans.find(place.resolve("none"), TAIL, folder)).isEmpty();
        assertThat(Orphans.find(Files.writeString(pidFile, "?"), TAIL, folder)).isEmpty();
    }
}
