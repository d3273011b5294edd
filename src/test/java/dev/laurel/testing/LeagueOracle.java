package dev.laurel.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Leagues as a loop over weeks, cohorts and players. */
public final class LeagueOracle {
    private final int size;
    private final int promote;
    private final int demote;
    private final int tiers;
    /** From 0, the lowest. */
    private final Map<String, Integer> tierOf = new HashMap<>();

    public LeagueOracle(int size, int promote, int demote, int tiers) {
        this.size = size;
        this.promote = promote;
        this.demote = demote;
        this.tiers = tiers;
    }

    /** A player's sum in a week, and when it was reached. */
    public record Total(String player, long score, long reachedAt) {}

    /**
     * Plays a week.
     *
     * @param entered players in the order of their first events
     * @return by player: tier.cohort rank outcome, and an exclamation mark if only the order of equals decided
     */
    public Map<String, String> week(List<String> entered, Map<String, Total> totals) {
        Map<Integer, List<List<String>>> cohorts = new TreeMap<>();
        for (String player : entered) {
            List<List<String>> own = cohorts.computeIfAbsent(tierOf.getOrDefault(player, 0), tier -> new ArrayList<>());
            if (own.isEmpty() || own.get(own.size() - 1).size() == size) {
                own.add(new ArrayList<>());
            }
            own.get(own.size() - 1).add(player);
        }
        Map<String, String> results = new LinkedHashMap<>();
        cohorts.forEach((tier, own) -> {
            for (int i = 0; i < own.size(); i++) {
                settle(tier, i + 1, own.get(i), totals, results);
            }
        });
        return results;
    }

    private void settle(
            int tier, int cohort, List<String> players, Map<String, Total> totals, Map<String, String> results) {
        List<Total> ranked = players.stream()
                .map(totals::get)
                .sorted(Comparator.comparingLong((Total total) -> -total.score())
                        .thenComparingLong(Total::reachedAt)
                        .thenComparing(Total::player))
                .toList();
        List<String> outcomes = new ArrayList<>();
        for (int place = 1; place <= ranked.size(); place++) {
            if (tier < tiers - 1 && place <= promote) {
                outcomes.add("PROMOTED");
            } else if (tier > 0 && place > ranked.size() - demote) {
                outcomes.add("DEMOTED");
            } else {
                outcomes.add("STAYED");
            }
        }
        for (int i = 0; i < ranked.size(); i++) {
            Total own = ranked.get(i);
            long rank = 1 + ranked.stream().filter(o -> o.score() > own.score()).count();
            boolean tied = false;
            for (int j = 0; j < ranked.size(); j++) {
                tied |= ranked.get(j).score() == own.score() && !outcomes.get(j).equals(outcomes.get(i));
            }
            int step = outcomes.get(i).equals("PROMOTED") ? 1 : outcomes.get(i).equals("DEMOTED") ? -1 : 0;
            tierOf.put(own.player(), tier + step);
            results.put(own.player(), tier + "." + cohort + " " + rank + " " + outcomes.get(i) + (tied ? "!" : ""));
        }
    }
}
