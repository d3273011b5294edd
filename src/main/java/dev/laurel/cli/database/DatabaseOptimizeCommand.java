package dev.laurel.cli.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.cli.service.Author;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ProgressBar;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Optimizes the database, and waits until that is done. */
@Command(
        name = "optimize",
        description =
                "Create missing indexes, vacuum and analyze tables that need it, and wait until that is done. With "
                        + "options, only what they name.",
        mixinStandardHelpOptions = true)
final class DatabaseOptimizeCommand implements Callable<Integer> {
    private static final long PAUSE_MS = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Author author;

    @Option(names = "--create-indexes", description = "Create missing indexes and rebuild invalid ones")
    private boolean createIndexes;

    @Option(names = "--vacuum", description = "Remove dead rows where there are many")
    private boolean vacuum;

    @Option(names = "--analyze", description = "Gather the planner's statistics where many rows have changed")
    private boolean analyze;

    @Option(names = "--clear-caches", description = "Drop what all caches hold")
    private boolean clearCaches;

    @Option(names = "--warm-caches", description = "Load what most requests need")
    private boolean warmCaches;

    @Option(names = "--drop-index", paramLabel = "NAME", description = "An index to drop; may be given several times")
    private List<String> dropIndexes = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only tell what would be done")
    private boolean dryRun;

    // For picocli.
    DatabaseOptimizeCommand() {}

    @Override
    public Integer call() {
        ServiceClient client = service.client();
        JsonNode run = client.post(DatabaseCommand.PATH + "/optimize", request());
        try (ProgressBar bar = ProgressBar.onTerminal(!output.json())) {
            while (isRunning(run)) {
                draw(bar, run);
                pause();
                run = client.get(DatabaseCommand.PATH + "/optimize");
            }
        }
        JsonNode ended = run;
        output.print(spec.commandLine().getOut(), ended, () -> text(ended));
        return "FAILED".equals(ended.path("state").asText()) ? ExitCode.FAILED : ExitCode.OK;
    }

    private ObjectNode request() {
        boolean chosen = createIndexes || vacuum || analyze || clearCaches || warmCaches || !dropIndexes.isEmpty();
        ObjectNode request = author.decision("laurel database optimize")
                .put("createIndexes", createIndexes || !chosen)
                .put("vacuum", vacuum || !chosen)
                .put("analyze", analyze || !chosen)
                .put("clearCaches", clearCaches)
                .put("warmCaches", warmCaches)
                .put("dryRun", dryRun);
        dropIndexes.forEach(request.putArray("dropIndexes")::add);
        return request;
    }

    private static boolean isRunning(JsonNode run) {
        return "RUNNING".equals(run.path("state").asText());
    }

    private static void draw(ProgressBar bar, JsonNode run) {
        int ended = 0;
        String present = "";
        for (JsonNode step : run.path("steps")) {
            if (isRunning(step)) {
                present = described(step);
            }
            ended += step.has("durationMs") ? 1 : 0;
        }
        bar.draw((double) ended / Math.max(1, run.path("steps").size()), present);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "Interrupted; the optimization goes on in the service");
        }
    }

    private static String text(JsonNode run) {
        if (run.path("steps").isEmpty()) {
            return "Nothing to do";
        }
        List<String> lines = new ArrayList<>();
        run.path("steps").forEach(step -> {
            StringBuilder line = new StringBuilder("[" + step.path("state").asText() + "] " + described(step));
            if (step.has("durationMs")) {
                line.append(", ")
                        .append(Figures.duration(step.path("durationMs").asLong()));
            }
            line.append(": ").append(step.path("reason").asText());
            if (step.has("detail")) {
                line.append("; ").append(step.path("detail").asText());
            }
            lines.add(line.toString());
        });
        return String.join("\n", lines);
    }

    private static String described(JsonNode step) {
        String action = step.path("action").asText();
        return step.has("object") ? action + " " + step.path("object").asText() : action;
    }
}
