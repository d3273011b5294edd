package dev.laurel.league;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines in the ranking of a cohort: the players above the first one go up a tier, those below the second one go down.
 * Of equal scores on both sides of a line, the order of the board decides.
 *
 * @param promote how many go up; 0 in the highest tier
 * @param demote how many go down; 0 in the lowest tier
 */
record CohortLines(int promote, int demote) {
    /** The lines of a tier, counted from 0. */
    static CohortLines of(int promote, int demote, int tier, int tiers) {
        return new CohortLines(tier < tiers - 1 ? promote : 0, tier > 0 ? demote : 0);
    }

    /**
     * What becomes of the players of a cohort, were it to end now.
     *
     * @param scores in the order of the ranking
     */
    List<Fate> fates(List<Long> scores) {
        List<Fate> fates = new ArrayList<>(scores.size());
        for (int place = 0; place < scores.size(); place++) {
            Outcome outcome = outcome(place, scores.size());
            fates.add(new Fate(outcome, isTied(scores, place, outcome)));
        }
        return fates;
    }

    private Outcome outcome(int place, int players) {
        if (place < promote) {
            return Outcome.PROMOTED;
        }
        return place >= players - demote ? Outcome.DEMOTED : Outcome.STAYED;
    }

    private boolean isTied(List<Long> scores, int place, Outcome own) {
        long score = scores.get(place);
        for (int other = scores.indexOf(score); other < scores.size() && scores.get(other) == score; other++) {
            if (outcome(other, scores.size()) != own) {
                return true;
            }
        }
        return false;
    }

    /** Which way a player goes at the end of a window. */
    enum Outcome {
        PROMOTED,
        STAYED,
        DEMOTED
    }

    /**
     * What becomes of a player.
     *
     * @param tied whether a player with the same score goes another way
     */
    record Fate(Outcome outcome, boolean tied) {}
}
