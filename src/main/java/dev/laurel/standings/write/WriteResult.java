package dev.laurel.standings.write;

import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.ScoreWrite.Report;

import java.util.List;
import java.util.function.Predicate;

/**
 * The outcome of a score event.
 *
 * @param version of the player's standings after it; 0 when nothing was written
 * @param standings after it, one for each metric in each window of the event; empty when nothing was written
 * @param companion what became of the event's companion, as JSON; null when it had none
 */
public record WriteResult(Outcome outcome, long version, List<WindowStanding> standings, String companion) {
    /** The outcome of an event without a companion. */
    public WriteResult(Outcome outcome, long version, List<WindowStanding> standings) {
        this(outcome, version, standings, null);
    }

    /** The same result with other standings. */
    WriteResult with(List<WindowStanding> others) {
        return new WriteResult(outcome, version, others, companion);
    }

    /** The same result without ranks, which are not public. */
    WriteResult withoutRanks() {
        return with(standings.stream().map(WindowStanding::withoutRank).toList());
    }

    /** The same result without the windows of the given periods. */
    WriteResult without(Predicate<Period> periods) {
        return with(standings.stream()
                .filter(one -> !periods.test(one.ranking().period()))
                .toList());
    }

    /** The same without the rankings in which the player has no standing. */
    WriteResult present() {
        return standings.stream().anyMatch(one -> one.standing() == null)
                ? with(standings.stream().filter(one -> one.standing() != null).toList())
                : this;
    }

    /** The same in some of the windows only. */
    WriteResult only(Predicate<WindowRef> windows) {
        return with(standings.stream()
                .filter(one -> windows.test(one.ranking().window()))
                .toList());
    }

    /** How an event ended. */
    public enum Outcome {
        /** A standing has changed. */
        APPLIED,
        /** Accepted, and no standing has changed. */
        UNCHANGED,
        /** The same event was accepted before. */
        DUPLICATE,
        /** As {@link #DUPLICATE}, but it could not be guaranteed that every reader sees it: not to be acknowledged. */
        UNSHOWN,
        /** Another event was accepted under the same id. */
        CONFLICT,
        /** Its companion was accepted, and the event does not count. */
        SKIPPED,
        /** Stored for review, because it breaks a plausibility rule of its board: it does not count yet. */
        HELD,
        /** The same event was held before, and has been rejected. */
        REJECTED
    }

    /**
     * A standing after an event.
     *
     * @param standing null where the player has no value of the metric
     * @param barred whether the player is disqualified in the window, or out of all rankings, and so has no rank
     * @param rank null, like every component after it, when Redis could not supply it, the board is frozen, or nobody asked
     * @param previousRank null also when the player was not ranked before
     */
    public record WindowStanding(
            RankingRef ranking, Standing standing, boolean barred, Long rank, Long previousRank, Long total) {
        WindowStanding(RankingRef ranking, Standing standing, boolean barred) {
            this(ranking, standing, barred, null, null, null);
        }

        /** The same without ranks, as nobody else is told them either. */
        public WindowStanding unranked() {
            return withoutRank();
        }

        WindowStanding withoutRank() {
            return rank == null ? this : new WindowStanding(ranking, standing, barred);
        }

        /** The same with no more than an answer is to have. */
        public WindowStanding reporting(Report report) {
            if (!report.covers(Report.RANK)) {
                return withoutRank();
            }
            return report == Report.RANKS || previousRank == null
                    ? this
                    : new WindowStanding(ranking, standing, barred, rank, null, total);
        }
    }
}
