package dev.laurel.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The rankings of one board as the service answers them: all pages, and the ranks of some players. */
final class ServedRankings {
    private static final int LIMIT = 1_000;
    private static final int SAMPLES = 20;

    private final LaurelApi api;
    private final Contest contest;
    private final SplittableRandom random;
    private final List<String> differences = new ArrayList<>();

    ServedRankings(LaurelApi api, Contest contest, SplittableRandom random) {
        this.api = api;
        this.contest = contest;
        this.random = random;
    }

    /** Everything in which the answers differ from the ranking these scores make. */
    List<String> differences(Window window, WindowScores scores) {
        int[] order = scores.order();
        long[] ranks = ranks(scores, order);
        readPages(window, scores, order, ranks);
        for (int i = 0; i < Math.min(SAMPLES, order.length); i++) {
            int place = random.nextInt(order.length);
            JsonNode own = get(window.period(), "/players/" + Contest.player(order[place]) + "?window=" + window.id());
            compare(window, own, scores, order[place], ranks[place]);
        }
        return differences;
    }

    private static long[] ranks(WindowScores scores, int[] order) {
        long[] ranks = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            boolean tied = i > 0 && scores.score(order[i]) == scores.score(order[i - 1]);
            ranks[i] = tied ? ranks[i - 1] : i + 1;
        }
        return ranks;
    }

    private void readPages(Window window, WindowScores scores, int[] order, long[] ranks) {
        int place = 0;
        String next = "";
        while (next != null) {
            JsonNode page = get(window.period(), "?limit=" + LIMIT + "&window=" + window.id() + next);
            if (page.path("total").asLong() != order.length) {
                differences.add("API " + window + " has " + page.path("total") + " players, not " + order.length);
                return;
            }
            for (JsonNode entry : page.path("entries")) {
                if (place == order.length) {
                    differences.add("API " + window + " has more entries than players");
                    return;
                }
                compare(window, entry, scores, order[place], ranks[place]);
                place++;
            }
            next = page.has("next")
                    ? "&cursor=" + LaurelApi.segment(page.path("next").asText())
                    : null;
        }
        if (place < order.length) {
            differences.add("API " + window + " ends after " + place + " of " + order.length);
        }
    }

    private void compare(Window window, JsonNode entry, WindowScores scores, int player, long rank) {
        boolean right = entry.path("playerId").asText().equals(Contest.player(player))
                && entry.path("score").asLong() == scores.score(player)
                && entry.path("rank").asLong() == rank
                && Instant.parse(entry.path("achievedAt").asText()).toEpochMilli() == scores.instant(player);
        if (!right) {
            differences.add("API " + window + ": " + entry + " instead of player " + player + " rank " + rank + " "
                    + scores.text(player));
        }
    }

    private JsonNode get(Period period, String rest) {
        return api.get(LaurelApi.ranking(contest.board().id(), period.word()) + rest)
                .expect(200)
                .json();
    }
}
