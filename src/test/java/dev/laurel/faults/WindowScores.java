package dev.laurel.faults;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Score, instant and version of every player in one window. */
final class WindowScores {
    private static final long ABSENT = Long.MIN_VALUE;

    private final long[] scores;
    private final long[] instants;
    private final long[] versions;

    WindowScores(int players) {
        scores = new long[players];
        instants = new long[players];
        versions = new long[players];
        Arrays.fill(instants, ABSENT);
    }

    void put(int player, long score, long instant, long version) {
        scores[player] = score;
        instants[player] = instant;
        versions[player] = version;
    }

    /** Counts an event, in whatever order events are counted. */
    void count(boolean best, int player, long score, long instant) {
        versions[player]++;
        if (!has(player)) {
            put(player, score, instant, 1);
        } else if (!best) {
            scores[player] += score;
            instants[player] = Math.max(instants[player], instant);
        } else if (score >= scores[player]) {
            instants[player] = score > scores[player] ? instant : Math.min(instants[player], instant);
            scores[player] = score;
        }
    }

    boolean has(int player) {
        return instants[player] != ABSENT;
    }

    long score(int player) {
        return scores[player];
    }

    long instant(int player) {
        return instants[player];
    }

    long version(int player) {
        return versions[player];
    }

    int players() {
        return scores.length;
    }

    boolean same(WindowScores other, int player) {
        return scores[player] == other.scores[player] && instants[player] == other.instants[player];
    }

    /** The players who are there, first place first. */
    int[] order() {
        return IntStream.range(0, scores.length)
                .filter(this::has)
                .boxed()
                .sorted((a, b) -> {
                    int byScore = Long.compare(scores[b], scores[a]);
                    int byInstant = Long.compare(instants[a], instants[b]);
                    return byScore != 0 ? byScore : byInstant != 0 ? byInstant : a - b;
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    String text(int player) {
        return has(player) ? scores[player] + " at " + instants[player] + " v" + versions[player] : "nothing";
    }
}
