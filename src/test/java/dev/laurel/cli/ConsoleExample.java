package dev.laurel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command of a document with what it prints. A line {@code …} stands for any lines; figures, their units, and how a table is
 * aligned may differ.
 */
record ConsoleExample(List<String> arguments, List<String> printed) {
    private static final String ANY = "…";
    private static final String PROMPT = "$ laurel ";

    /** The examples of a document, in order. */
    static List<ConsoleExample> of(Path document) {
        List<ConsoleExample> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : lines(document)) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith(PROMPT)) {
                examples.add(new ConsoleExample(
                        List.of(line.substring(PROMPT.length()).split(" ")), new ArrayList<>()));
            } else if (inside) {
                examples.get(examples.size() - 1).printed.add(line);
            }
        }
        return examples;
    }

    private static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a command printed this. */
    boolean matches(String output) {
        List<String> real =
                output.strip().lines().map(ConsoleExample::comparable).toList();
        return matches(printed.stream().map(ConsoleExample::comparable).toList(), real);
    }

    private static boolean matches(List<String> expected, List<String> real) {
        if (expected.isEmpty()) {
            return real.isEmpty();
        }
        if (!expected.get(0).equals(ANY)) {
            return !real.isEmpty()
                    && expected.get(0).equals(real.get(0))
                    && matches(expected.subList(1, expected.size()), real.subList(1, real.size()));
        }
        for (int skipped = 0; skipped <= real.size(); skipped++) {
            if (matches(expected.subList(1, expected.size()), real.subList(skipped, real.size()))) {
                return true;
            }
        }
        return false;
    }

    private static String comparable(String line) {
        return line.strip()
                .replaceAll("\\d[\\d.,:]*( (ms|s|B|KB|MB|GB)\\b)?", "#")
                .replace("[SLOW]", "[OK]")
                .replaceAll("\\s+", " ");
    }
}
