package dev.laurel.faults;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;

/** Judges an answer that was read while events arrived, by what was known to be counted before and after. */
final class ReadCheck {
    private ReadCheck() {}

    /**
     * A player's place.
     *
     * @param least what was acknowledged of each player before the reading began
     * @param most what had been sent for each player when it ended
     */
    static Optional<String> player(JsonNode answer, int player, long[] least, long[] most) {
        return score(answer, player, least[player], most[player])
                .or(() ->
                        rank(answer.path("rank").asLong(), answer.path("score").asLong(), least, most))
                .or(() -> total(answer, least, most));
    }

    /** A player's score, whatever the rank. */
    static Optional<String> score(JsonNode answer, int player, long least, long most) {
        long score = answer.path("score").asLong();
        return !answer.path("ranked").asBoolean() || score < least || score > most
                ? Optional.of("player %d has %d to %d".formatted(player, least, most))
                : Optional.empty();
    }

    /**
     * The first page, without a look at those who are not on it.
     *
     * @param most what has been sent for a player
     */
    static Optional<String> top(JsonNode answer, int limit, IntToLongFunction most) {
        JsonNode entries = answer.path("entries");
        Set<Integer> seen = new HashSet<>();
        for (JsonNode entry : entries) {
            int player = Contest.number(entry.path("playerId").asText());
            if (!seen.add(player) || entry.path("score").asLong() > most.applyAsLong(player)) {
                return Optional.of(
                        "player %d stands there twice, or has at most %d".formatted(player, most.applyAsLong(player)));
            }
        }
        long expected = Math.min(limit, answer.path("total").asLong());
        if (expected == 0
                || entries.size() != expected
                || entries.get(0).path("rank").asInt() != 1) {
            return Optional.of("%d entries from rank 1 on are expected".formatted(expected));
        }
        return order(answer, 0);
    }

    /** The entries of a page among themselves. */
    static Optional<String> order(JsonNode answer, int offset) {
        JsonNode entries = answer.path("entries");
        for (int i = 1; i < entries.size(); i++) {
            if (!follows(entries.get(i - 1), entries.get(i), offset + i + 1)) {
                return Optional.of("entry %d does not follow the one before".formatted(i));
            }
        }
        return Optional.empty();
    }

    /** A page of a ranking. */
    static Optional<String> page(JsonNode answer, int offset, int limit, long[] least, long[] most) {
        JsonNode entries = answer.path("entries");
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            int player = Contest.number(entry.path("playerId").asText());
            long score = entry.path("score").asLong();
            if (score < least[player] || score > most[player]) {
                return Optional.of("player %d has %d to %d".formatted(player, least[player], most[player]));
            }
            if (!seen.add(player)) {
                return Optional.of("player %d stands there twice".formatted(player));
            }
        }
        Optional<String> disorder = order(answer, offset);
        if (disorder.isPresent() || entries.isEmpty()) {
            return disorder.or(() -> total(answer, least, most));
        }
        long expected = Math.min(limit, answer.path("total").asLong() - offset);
        if (entries.size() != expected) {
            return Optional.of("%d entries instead of %d".formatted(entries.size(), expected));
        }
        JsonNode first = entries.get(0);
        return rank(first.path("rank").asLong(), first.path("score").asLong(), least, most)
                .or(() -> offset > 0 ? Optional.empty() : missing(entries, seen, least))
                .or(() -> total(answer, least, most));
    }

    /** By score, then by instant, then by id; equal scores have one rank, another score the rank of its place. */
    private static boolean follows(JsonNode before, JsonNode entry, long place) {
        long step = before.path("score").asLong() - entry.path("score").asLong();
        long rank = entry.path("rank").asLong();
        if (step != 0) {
            return step > 0 && rank == place;
        }
        boolean order = millis(before) < millis(entry)
                || millis(before) == millis(entry)
                        && before.path("playerId")
                                        .asText()
                                        .compareTo(entry.path("playerId").asText())
                                < 0;
        return order && rank == before.path("rank").asLong();
    }

    private static long millis(JsonNode entry) {
        return java.time.Instant.parse(entry.path("achievedAt").asText()).toEpochMilli();
    }

    /** As many are ahead as must be, and no more than can be. */
    private static Optional<String> rank(long rank, long score, long[] least, long[] most) {
        long fewest = 0;
        long greatest = 0;
        for (int i = 0; i < least.length; i++) {
            fewest += least[i] > score ? 1 : 0;
            greatest += most[i] > score ? 1 : 0;
        }
        return rank - 1 < fewest || rank - 1 > greatest
                ? Optional.of("score %d has rank %d to %d".formatted(score, fewest + 1, greatest + 1))
                : Optional.empty();
    }

    /** Nobody who is known to be better than the last of the first page is left out of it. */
    private static Optional<String> missing(JsonNode entries, Set<Integer> seen, long[] least) {
        long last = entries.get(entries.size() - 1).path("score").asLong();
        for (int i = 0; i < least.length; i++) {
            if (least[i] > last && !seen.contains(i)) {
                return Optional.of("player %d with %d is left out".formatted(i, least[i]));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> total(JsonNode answer, long[] least, long[] most) {
        long total = answer.path("total").asLong();
        long fewest = 0;
        long greatest = 0;
        for (int i = 0; i < least.length; i++) {
            fewest += least[i] > 0 ? 1 : 0;
            greatest += most[i] > 0 ? 1 : 0;
        }
        return total < fewest || total > greatest
                ? Optional.of("there are %d to %d players".formatted(fewest, greatest))
                : Optional.empty();
    }
}
