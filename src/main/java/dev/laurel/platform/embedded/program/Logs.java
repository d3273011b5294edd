package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the logs of programs for the person who has to find out why one did not start. */
public final class Logs {
    private static final int LINES = 12;

    private Logs() {}

    public static String tail(Path log) {
        try {
            // Not every message of a program need be text of one encoding.
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "(no log at " + log + ")";
        }
    }
}
