package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** Two boards of one definition that came to their standings in different ways, and must not differ in what they show. */
public record TwinBoards(LaurelApi api, String one, String other) {
    private static final int PAGE = 1_000;

    /** Everything of a ranking but the names of the boards, the moment, the store and what a window before has to do with. */
    private static final List<String> OWN = List.of("board", "asOf", "next", "source");

    /** Compares the whole ranking of a window by each metric; answers how many places. */
    public long assertSame(Period period, String window, List<String> metrics) {
        long places = 0;
        for (String metric : metrics) {
            int offset = 0;
            int found;
            do {
                String query = "limit=" + PAGE + "&offset=" + offset + "&metric=" + metric
                        + (window.isEmpty() ? "" : "&window=" + window);
                JsonNode page = page(one, period, query);
                assertThat(page)
                        .as("%s of %s, %s and %s", query, period, one, other)
                        .isEqualTo(page(other, period, query));
                found = page.path("entries").size();
                places += found;
                offset += PAGE;
            } while (found == PAGE);
        }
        return places;
    }

    /** Compares what both say of a player. */
    public void assertSamePlayer(Period period, String player, String window) {
        String query = window.isEmpty() ? "" : "window=" + window;
        Reply mine = api.player(one, period, player, query);
        Reply others = api.player(other, period, player, query);
        assertThat(mine.status()).as("status of %s and %s", mine, others).isEqualTo(others.status());
        if (mine.status() == 200) {
            assertThat(without(mine)).as("%s of %s", player, query).isEqualTo(without(others));
        }
    }

    private JsonNode page(String board, Period period, String query) {
        JsonNode page = without(api.top(board, period, query).expect(200));
        page.path("entries").forEach(entry -> ((ObjectNode) entry).remove("change"));
        return page;
    }

    private static JsonNode without(Reply reply) {
        ObjectNode same = reply.json().deepCopy();
        same.remove(OWN);
        same.remove("change");
        return same;
    }
}
