package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.ProgressBar;
import dev.laurel.cli.service.ServiceClient;

import java.util.concurrent.TimeUnit;

/** Waits until an import is over. It goes on without anybody waiting, so a service that restarts meanwhile is waited for. */
final class ImportWait {
    private static final long FIRST_MS = 50;
    private static final long LONGEST_MS = 1_000;

    /** As long as a service may be away. */
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final ServiceClient service;
    private final ProgressBar bar;
    private long heardAt = System.nanoTime();

    ImportWait(ServiceClient service, ProgressBar bar) {
        this.service = service;
        this.bar = bar;
    }

    /** The import once it is over. */
    JsonNode until(JsonNode started) {
        JsonNode job = started;
        long pause = FIRST_MS;
        while (!ImportText.isOver(job)) {
            bar.draw(job.path("progress").asDouble(), ImportText.progress(job));
            pause(pause);
            pause = Math.min(LONGEST_MS, pause * 2);
            job = next(job);
        }
        return job;
    }

    private JsonNode next(JsonNode job) {
        String id = job.path("id").asText();
        try {
            JsonNode now = service.get(ImportPaths.of(id));
            heardAt = System.nanoTime();
            return now;
        } catch (CommandFailed failure) {
            if (failure.code() != ExitCode.UNAVAILABLE) {
                throw failure;
            }
            if (System.nanoTime() - heardAt > PATIENCE_NANOS) {
                throw new CommandFailed(
                        ExitCode.UNAVAILABLE,
                        failure.getMessage() + "\nImport " + id
                                + " goes on as soon as the service does; see: laurel import show " + id);
            }
            return job;
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "Interrupted");
        }
    }
}
