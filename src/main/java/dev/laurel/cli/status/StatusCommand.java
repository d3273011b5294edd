package dev.laurel.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Shows the state of the service. */
@Command(
        name = "status",
        description = "The state of the service: its stores, its rankings in Redis, and what was found wrong",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final Set<String> FAILING = Set.of("RETRYING", "STOPPED");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    // For picocli.
    StatusCommand() {}

    @Override
    public Integer call() {
        JsonNode status = service.client().get("api/v1/admin/status");
        output.print(spec.commandLine().getOut(), status, () -> text(status));
        return "OK".equals(status.path("status").asText()) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String text(JsonNode status) {
        List<String> lines = new ArrayList<>();
        lines.add("Service: " + status.path("status").asText());
        lines.add("  PostgreSQL  " + store(status.at("/stores/postgres"), "databaseBytes"));
        lines.add("  Redis       " + store(status.at("/stores/redis"), "usedMemoryBytes"));
        JsonNode windows = status.path("windows");
        if (windows.isObject()) {
            lines.add("  windows     " + Figures.count(windows.path("open").asLong()) + " open, " + loaded(windows)
                    + ", " + Figures.count(windows.path("stale").asLong()) + " stale");
        }
        lines.add("  waiting     " + Figures.count(status.path("eventsWaiting").asLong()) + " events");
        caches(status.path("caches"), lines);
        JsonNode audit = status.path("audit");
        if (audit.isObject()) {
            lines.add("  audit       "
                    + Figures.count(audit.path("windowsDiffering").asLong()) + " windows differ between the stores");
        }
        followers(status.path("followers"), lines);
        return String.join("\n", lines);
    }

    private static String store(JsonNode store, String size) {
        return store.path("healthy").asBoolean()
                ? "ok, version " + store.path("version").asText() + ", "
                        + Figures.bytes(store.path(size).asLong())
                : "unavailable";
    }

    private static String loaded(JsonNode windows) {
        return windows.path("loaded").isNumber()
                ? Figures.count(windows.path("loaded").asLong()) + " of "
                        + Figures.count(windows.path("checked").asLong()) + " checked are in Redis"
                : "unknown how many are in Redis";
    }

    private static void caches(JsonNode caches, List<String> lines) {
        JsonNode rate = caches.path("hitRate");
        String hits = rate.isNumber() ? Figures.percent(rate.asDouble()) + " hits, " : "";
        lines.add("  caches      " + hits + Figures.bytes(caches.path("bytes").asLong()));
        caches.path("belowExpected")
                .forEach(name -> lines.add("  cache       " + name.asText() + " has fewer hits than expected"));
    }

    private static void followers(JsonNode followers, List<String> lines) {
        if (!followers.isArray()) {
            return;
        }
        long behind = 0;
        for (JsonNode follower : followers) {
            behind += follower.path("lagItems").asLong();
            if (FAILING.contains(follower.path("state").asText())) {
                lines.add("  follower    " + follower.path("follower").asText() + " fails: "
                        + follower.path("failure").asText());
            }
        }
        lines.add("  followers   " + followers.size() + ", " + Figures.count(behind) + " items behind");
    }
}
