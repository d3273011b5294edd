package dev.laurel.testing;

import dev.laurel.testing.OracleRanking.Standing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that counted for one player in one window, and the standing by each metric that follows from it. */
final class PlayerHistory {

    private final BoardSpec board;
    private final String playerId;
    private final List<Step> steps = new ArrayList<>();
    private List<Standing> standings = List.of();

    /**
     * What counted once: a submission, or an adjustment by its number.
     *
     * @param adjustment null for a submission
     */
    record Step(List<BigDecimal> scores, Instant at, Long adjustment) {}

    PlayerHistory(BoardSpec board, String playerId) {
        this.board = board;
        this.playerId = playerId;
    }

    /** The standings by each metric, in the order of the board's metrics. */
    List<Standing> standings() {
        return standings;
    }

    void add(Step step) {
        steps.add(step);
        standings = after(standings, step);
    }

    /** Forgets an adjustment that replaced the standings. What replaced it in turn stands as it is. */
    void forget(long adjustment) {
        int index = indexOf(adjustment);
        if (index < 0) {
            return;
        }
        if (board.operator().equals("BEST") || index == steps.size() - 1) {
            steps.remove(index);
            standings = List.of();
            steps.forEach(step -> standings = after(standings, step));
        }
    }

    private int indexOf(long adjustment) {
        for (int index = 0; index < steps.size(); index++) {
            Long number = steps.get(index).adjustment();
            if (number != null && number == adjustment) {
                return index;
            }
        }
        return -1;
    }

    private List<Standing> after(List<Standing> before, Step step) {
        if (before.isEmpty()) {
            return first(step);
        }
        boolean replaces = board.operator().equals("LATEST")
                || step.adjustment() != null && !board.operator().equals("SUM");
        if (!replaces && board.operator().equals("BEST")) {
            return best(before, step);
        }
        List<Standing> after = new ArrayList<>();
        for (int metric = 0; metric < before.size(); metric++) {
            Standing held = before.get(metric);
            BigDecimal score = step.scores().get(metric);
            after.add(replaces ? latest(held, score, step.at()) : sum(held, score, step.at()));
        }
        return after;
    }

    private List<Standing> first(Step step) {
        return step.scores().stream()
                .map(score -> new Standing(playerId, score, step.at()))
                .toList();
    }

    private static Standing latest(Standing held, BigDecimal score, Instant at) {
        return score.compareTo(held.score()) == 0 ? held : new Standing(held.playerId(), score, at);
    }

    private static Standing sum(Standing held, BigDecimal score, Instant at) {
        if (score.signum() == 0) {
            return held;
        }
        Instant later = at.isAfter(held.achievedAt()) ? at : held.achievedAt();
        return new Standing(held.playerId(), held.score().add(score), later);
    }

    /** The better of the two as a whole, by the first metric; of equal ones the one held, from the earlier instant. */
    private List<Standing> best(List<Standing> before, Step step) {
        Standing held = before.get(0);
        int order = step.scores().get(0).compareTo(held.score()) * (board.descending() ? 1 : -1);
        if (order > 0) {
            return first(step);
        }
        if (order < 0 || !step.at().isBefore(held.achievedAt())) {
            return before;
        }
        List<Standing> after = new ArrayList<>(before);
        after.set(0, new Standing(playerId, held.score(), step.at()));
        return after;
    }
}
