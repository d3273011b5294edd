package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The native program on what its image holds, and nothing else: does the main job as user 65532 in 256 MB. */
class ImageLayoutIT {
    private static final String SCRIPT = "src/test/scripts/run-image-layout.sh";
    private static final List<String> TOOLS = List.of("setpriv", "curl", "jq", "wrk");
    private static final int PATIENCE_SECONDS = 180;

    @TempDir
    Path place;

    @Test
    @EnabledIf(value = "canRun", disabledReason = "needs the native program, bubblewrap, setpriv, curl, jq and wrk")
    void theMainJobIsDoneOnTheFilesOfTheImage() throws Exception {
        Path told = place.resolve("told");
        try (KillableStores stores = KillableStores.start(place.resolve("stores"))) {
            ProcessBuilder script = new ProcessBuilder(SCRIPT, "native")
                    .redirectErrorStream(true)
                    .redirectOutput(told.toFile());
            script.environment().putAll(stores.environment());
            script.environment().put("SECONDS_OF_LOAD", "3");
            Process process = script.start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroy();

            assertThat(ended).as(Files.readString(told)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(told)).isZero();
            System.out.print(Files.readString(told));
        }
    }

    /** Some machines have the tool, but forbid what it does. */
    static boolean canRun() {
        return Program.BUILT.isNative()
                && TOOLS.stream().allMatch(tool -> succeeds("sh", "-c", "command -v " + tool))
                && succeeds("bwrap", "--ro-bind", "/", "/", "--unshare-user", "--unshare-pid", "true");
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
