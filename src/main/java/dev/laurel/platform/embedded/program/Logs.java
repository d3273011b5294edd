package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the logs of programs so that a user can find out why one did not start. */
public final class Logs {
    private static final int LINES = 12;

    private Logs() {}

    public static String tail(Path log) {
        try {
            // The messages of a program may mix encodings.
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "(no log at " + log + ")";
        }
    }
}
