package dev.laurel.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.Author;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.ProgressBar;
import dev.laurel.cli.service.ServiceClient;

import java.util.LinkedHashMap;
import java.util.Map;

/** Waits for something that a service does with a backup, and shows how far it is. */
final class BackupWait {
    private static final long PAUSE_MS = 500;

    private final ServiceClient client;
    private final boolean shown;

    /** @param shown whether a person is to see the progress */
    BackupWait(ServiceClient client, boolean shown) {
        this.client = client;
        this.shown = shown;
    }

    /**
     * Waits for the end.
     *
     * @param begun how it stood at first
     * @param path where it is asked for
     */
    JsonNode end(JsonNode begun, String path) {
        JsonNode now = begun;
        try (ProgressBar bar = ProgressBar.onTerminal(shown)) {
            while ("RUNNING".equals(now.path("state").asText())) {
                long rows = now.path("rows").asLong();
                long expected = Math.max(1, now.path("rowsExpected").asLong());
                bar.draw(
                        (double) rows / expected,
                        Figures.count(rows) + " rows "
                                + now.path("phase").asText("").toLowerCase(java.util.Locale.ROOT));
                pause();
                now = client.get(path);
            }
        }
        return now;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "Interrupted; it goes on in the service");
        }
    }

    static String path(String backup) {
        return BackupCommand.PATH + "/" + ServiceClient.encoded(backup);
    }

    /** A path with the reason and the author. */
    static String because(String path, Author author, String otherwise) {
        Map<String, String> why = new LinkedHashMap<>();
        why.put("reason", author.reason(otherwise));
        why.put("author", author.name());
        return ServiceClient.query(path, why);
    }

    static int code(JsonNode ended, String good) {
        return good.equals(ended.path("state").asText()) ? ExitCode.OK : ExitCode.FAILED;
    }

    /** What is wrong, a line each. */
    static String faults(JsonNode ended) {
        StringBuilder text = new StringBuilder(ended.path("problem").asText());
        if (ended.path("damages").size() > 1) {
            ended.path("damages").forEach(damage -> text.append("\n  ")
                    .append(damage.path("file").asText())
                    .append(' ')
                    .append(damage.path("fault").asText()));
        }
        return text.toString();
    }
}
