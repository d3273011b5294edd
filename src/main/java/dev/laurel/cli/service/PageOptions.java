package dev.laurel.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

import java.util.Map;

/** The options of every command that lists what the service has in numbered pages. */
public final class PageOptions {
    @Option(names = "--page", paramLabel = "N", description = "Page of the list, from 1")
    private Integer page;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Entries on a page, at most 200; default: as the service has it")
    private Integer limit;

    // For picocli.
    PageOptions() {}

    /** Adds what was given to the parameters of a query. */
    public void addTo(Map<String, String> query) {
        query.put("page", page == null ? null : page.toString());
        query.put("limit", limit == null ? null : limit.toString());
    }

    /**
     * The last line of a list.
     *
     * @param list as the service has answered it
     * @param things what is listed, such as {@code boards}
     */
    public static String footer(JsonNode list, String things) {
        JsonNode pagination = list.path("pagination");
        return "Page " + pagination.path("page").asText() + " of "
                + Math.max(1, pagination.path("pages").asLong()) + "; "
                + pagination.path("total").asText() + " " + things;
    }
}
