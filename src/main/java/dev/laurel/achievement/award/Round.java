package dev.laurel.achievement.award;

import dev.laurel.achievement.award.FactReads.Players;
import dev.laurel.achievement.award.Plan.Award;
import dev.laurel.achievement.rule.Facts;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Some achievements of a tenant and some of its players, and what is known of them while they are decided. */
final class Round {
    private final List<Target> targets;
    private final Players players;
    private final Map<String, Long> earliest;
    private final boolean complete;
    private final Map<String, Set<String>> members = new HashMap<>();
    private Facts facts;

    /**
     * @param earliest the earliest instant at which something may have changed for a player, in milliseconds
     * @param complete whether closed windows are known, too, where an achievement repeats
     */
    Round(List<Target> targets, Map<String, Long> earliest, boolean complete) {
        this.targets = targets;
        this.earliest = earliest;
        this.players = new Players(
                targets.get(0).tenant(), earliest.keySet().stream().sorted().toArray(String[]::new));
        this.complete = complete;
    }

    Players players() {
        return players;
    }

    Set<String> segments() {
        Set<String> segments = new HashSet<>();
        targets.stream().map(Target::segment).filter(one -> one != null).forEach(segments::add);
        return segments;
    }

    List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        targets.forEach(target -> target.goal().facts().forEach(fact -> questions.add(Question.of(fact, target))));
        return questions;
    }

    Integer[] numbers() {
        return targets.stream().map(Target::number).toArray(Integer[]::new);
    }

    void member(String segment, String player) {
        members.computeIfAbsent(segment, any -> new HashSet<>()).add(player);
    }

    void know(Facts read) {
        facts = read;
    }

    /**
     * What changes.
     *
     * @param rows the awards there are
     */
    Plan plan(RowSet<Row> rows, long now) {
        Map<Integer, Map<String, Map<Award, Long>>> stored = stored(rows);
        Plan plan = new Plan(facts, now);
        for (Target target : targets) {
            Map<String, Map<Award, Long>> own = stored.getOrDefault(target.number(), Map.of());
            for (String player : players.ids()) {
                plan.decide(
                        target,
                        new Plan.Case(player, earliest.get(player), isEligible(target, player), complete),
                        own.getOrDefault(player, Map.of()));
            }
        }
        return plan;
    }

    private static Map<Integer, Map<String, Map<Award, Long>>> stored(RowSet<Row> rows) {
        Map<Integer, Map<String, Map<Award, Long>>> stored = new HashMap<>();
        for (Row row : rows) {
            Award award = new Award(row.getInteger(0), row.getString(1), row.getString(2), row.getString(3));
            stored.computeIfAbsent(award.achievement(), any -> new HashMap<>())
                    .computeIfAbsent(award.player(), any -> new HashMap<>())
                    .put(award, row.getLong(4));
        }
        return stored;
    }

    private boolean isEligible(Target target, String player) {
        return target.segment() == null
                || members.getOrDefault(target.segment(), Set.of()).contains(player);
    }
}
