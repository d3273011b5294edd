package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process really runs: one that ended, but was not collected by its parent, does not. */
public final class OrphanCheck {
    private OrphanCheck() {}

    public static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
