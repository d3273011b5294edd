package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Imports as people read them. */
final class ImportText {
    private static final Set<String> RUNNING = Set.of("QUEUED", "RUNNING", "UNDOING");
    private static final List<String> COUNTS = List.of("applied", "unchanged", "duplicates", "held", "refused");

    private ImportText() {}

    static boolean isOver(JsonNode job) {
        return !RUNNING.contains(state(job));
    }

    static String state(JsonNode job) {
        return job.path("state").asText();
    }

    /** What a command ends with that has waited for an import, or for its undoing. */
    static int exitCode(JsonNode job) {
        return switch (state(job)) {
            case "DONE", "UNDONE" -> ExitCode.OK;
            case "DONE_WITH_ERRORS" -> ExitCode.DONE_WITH_ERRORS;
            case "FAILED", "CANCELLED" -> ExitCode.FAILED;
            default -> ExitCode.OK;
        };
    }

    /** How far it is, next to a bar. */
    static String progress(JsonNode job) {
        StringBuilder text = new StringBuilder();
        text.append(Figures.count(job.at("/rows/read").asLong())).append(" rows");
        if (job.has("rate")) {
            text.append(", ").append(Figures.count(job.path("rate").asLong())).append(" a second");
        }
        long refused = job.at("/rows/refused").asLong();
        if (refused > 0) {
            text.append(", ").append(Figures.count(refused)).append(" refused");
        }
        if (job.hasNonNull("secondsLeft")) {
            text.append(", ")
                    .append(Figures.duration(job.path("secondsLeft").asLong() * 1_000))
                    .append(" left");
        }
        return text.toString();
    }

    /** All of it. */
    static String details(JsonNode job) {
        List<String> lines = new ArrayList<>();
        String test = job.path("dryRun").asBoolean() ? " (nothing is changed: a dry run)" : "";
        lines.add("Import " + job.path("id").asText() + ": " + state(job) + test);
        if (job.hasNonNull("failure")) {
            lines.add("  failure  " + job.path("failure").asText());
        }
        if (job.hasNonNull("hindrance")) {
            lines.add("  waits    " + job.path("hindrance").asText());
        }
        lines.add("  file     " + job.path("file").asText() + ", "
                + Figures.count(job.path("fileBytes").asLong()) + " bytes");
        String season =
                job.hasNonNull("season") ? ", season " + job.path("season").asText() : "";
        lines.add("  board    " + job.path("board").asText() + ", mode "
                + job.path("mode").asText() + season);
        lines.add("  rows     " + rows(job));
        if (job.hasNonNull("durationMs")) {
            lines.add("  took     " + Figures.duration(job.path("durationMs").asLong()) + rate(job));
        }
        lines.add("  author   " + job.path("author").asText() + ": "
                + job.path("reason").asText());
        return String.join("\n", lines);
    }

    private static String rows(JsonNode job) {
        StringBuilder text =
                new StringBuilder(Figures.count(job.at("/rows/read").asLong()) + " read");
        for (String count : COUNTS) {
            long rows = job.path("rows").path(count).asLong();
            if (rows > 0) {
                text.append(", ").append(Figures.count(rows)).append(' ').append(count);
            }
        }
        return text.toString();
    }

    private static String rate(JsonNode job) {
        return job.has("rate") ? ", " + Figures.count(job.path("rate").asLong()) + " rows a second" : "";
    }

    /** The line of a list. */
    static String line(JsonNode job) {
        return String.format(
                Locale.ROOT,
                "%6s  %-16s  %-20.20s  %-9s  %12s  %8s  %s",
                job.path("id").asText(),
                state(job),
                job.path("board").asText(),
                job.path("mode").asText(),
                Figures.count(job.at("/rows/read").asLong()),
                Figures.count(job.at("/rows/refused").asLong()),
                job.path("createdAt").asText());
    }

    /** The line above a list. */
    static String head() {
        return String.format(
                Locale.ROOT,
                "%6s  %-16s  %-20s  %-9s  %12s  %8s  %s",
                "number",
                "state",
                "board",
                "mode",
                "rows",
                "refused",
                "created");
    }
}
