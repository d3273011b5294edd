package dev.laurel.testing;

import dev.laurel.testing.OracleRanking.Standing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
        standings = standingsOf(steps);
    }

    /** Forgets an adjustment; answers whether nothing is left. */
    boolean forget(long adjustment) {
        steps.removeIf(step -> step.adjustment() != null && step.adjustment() == adjustment);
        standings = standingsOf(steps);
        return steps.isEmpty();
    }

    /** Whether everything that was added to a metric was nothing. */
    boolean isIdle(int metric) {
        return steps.stream().allMatch(step -> step.scores().get(metric).signum() == 0);
    }

    private List<Standing> standingsOf(List<Step> counted) {
        if (counted.isEmpty()) {
            return List.of();
        }
        return switch (board.operator()) {
            case "SUM" -> sums(counted);
            case "BEST" -> whole(sinceTheLastAdjustment(counted).stream().min(bestFirst()));
            case "LATEST" ->
                whole(sinceTheLastAdjustment(counted).stream()
                        .reduce((held, next) -> next.at().isBefore(held.at()) ? held : next));
            default -> throw new IllegalArgumentException(board.operator());
        };
    }

    /** The best by the first metric; of equal ones the earliest, of those the one that came first. */
    private Comparator<Step> bestFirst() {
        Comparator<BigDecimal> scores = board.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.comparing((Step step) -> step.scores().get(0), scores).thenComparing(Step::at);
    }

    /** An adjustment takes the place of all that was there when it was made. */
    private static List<Step> sinceTheLastAdjustment(List<Step> counted) {
        int from = 0;
        for (int index = 0; index < counted.size(); index++) {
            from = counted.get(index).adjustment() == null ? from : index;
        }
        return counted.subList(from, counted.size());
    }

    private List<Standing> whole(Optional<Step> step) {
        Step kept = step.orElseThrow();
        return kept.scores().stream()
                .map(score -> new Standing(playerId, score, kept.at()))
                .toList();
    }

    /** Reached with the last step that was not nothing; where there is none, with the first of all. */
    private List<Standing> sums(List<Step> counted) {
        List<Step> inTime =
                counted.stream().sorted(Comparator.comparing(Step::at)).toList();
        List<Standing> sums = new ArrayList<>();
        for (int metric = 0; metric < board.metrics().size(); metric++) {
            BigDecimal sum = BigDecimal.ZERO;
            Instant reached = inTime.get(0).at();
            for (Step step : inTime) {
                BigDecimal added = step.scores().get(metric);
                sum = sum.add(added);
                reached = added.signum() == 0 ? reached : step.at();
            }
            sums.add(new Standing(playerId, sum, reached));
        }
        return sums;
    }
}
