package dev.laurel.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything a ranking answers, asked in every way there is: by offset, by cursor, for each player, the neighbours, the
 * chosen. Two snapshots of one ranking are equal, whichever store and state of the window they were taken from.
 */
public final class RankingPicture {

    private RankingPicture() {}

    /** The snapshot of a window whose every answer comes from the expected source. */
    public static List<String> of(LaurelApi api, String board, Period period, String window, String source) {
        return taken(api, board, period, "window=" + LaurelApi.segment(window), source);
    }

    /** As {@link #of}, of the players of a segment. */
    public static List<String> ofSegment(
            LaurelApi api, String board, Period period, String window, String segment, String source) {
        String asked = "window=" + LaurelApi.segment(window) + "&segment=" + LaurelApi.segment(segment);
        return taken(api, board, period, asked, source);
    }

    private static List<String> taken(LaurelApi api, String board, Period period, String asked, String source) {
        List<JsonNode> answers = new ArrayList<>(pages(api, board, period, asked));
        List<String> players = new ArrayList<>();
        answers.forEach(page -> players.addAll(page.path("entries").findValuesAsText("playerId")));
        for (int offset : List.of(0, 1, players.size() - 1, players.size())) {
            answers.add(json(api.top(board, period, asked + "&limit=1000&offset=" + offset)));
        }
        for (String player : players) {
            answers.add(json(api.player(board, period, player, asked)));
            answers.add(json(api.neighbours(board, period, player, asked + "&radius=2")));
        }
        answers.add(json(api.lookup(board, period, players, asked)));
        answers.add(json(api.lookup(board, period, List.of("nobody", players.get(players.size() / 2)), asked)));
        return answers.stream().map(answer -> timeless(answer, source)).toList();
    }

    private static List<JsonNode> pages(LaurelApi api, String board, Period period, String asked) {
        List<JsonNode> pages = new ArrayList<>();
        String cursor = "";
        do {
            pages.add(json(api.top(board, period, asked + "&limit=4" + cursor)));
            cursor = "&cursor="
                    + LaurelApi.segment(pages.get(pages.size() - 1).path("next").asText());
        } while (!cursor.endsWith("="));
        return pages;
    }

    private static JsonNode json(Reply reply) {
        return reply.expect(200).json();
    }

    private static String timeless(JsonNode answer, String source) {
        if (!answer.path("source").asText().equals(source)) {
            throw new AssertionError("not from " + source + ": " + answer);
        }
        ObjectNode kept = answer.deepCopy();
        kept.remove(List.of("source", "asOf"));
        ((ObjectNode) kept.path("window")).remove("state");
        return kept.toString();
    }
}
