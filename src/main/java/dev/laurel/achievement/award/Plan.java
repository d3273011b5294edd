package dev.laurel.achievement.award;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Facts;
import dev.laurel.achievement.rule.Figure;
import dev.laurel.achievement.rule.Goal.Step;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What changes: the awards to give, and those to take back. A function of the facts and of the awards there are. */
final class Plan {
    private final Facts facts;
    private final long now;
    private final List<Given> given = new ArrayList<>();
    private final List<Award> lost = new ArrayList<>();

    /** @param now the instant of what the ledger no longer tells, in milliseconds */
    Plan(Facts facts, long now) {
        this.facts = facts;
        this.now = now;
    }

    /** Adds what an achievement means for a player who has these awards of it, with their instants. */
    void decide(Target target, Case one, Map<Award, Long> stored) {
        Set<Award> reached = new HashSet<>();
        if (one.eligible()) {
            for (Step step : target.goal().reached(one.player(), facts)) {
                Award award = new Award(target.number(), one.player(), step.tier(), step.window());
                reached.add(award);
                Long instant = stored.get(award);
                if (instant == null || one.earliest() <= instant) {
                    given.add(new Given(target, step, award));
                }
            }
        }
        if (target.takesBack()) {
            Set<String> known = target.goal().windows(one.player(), facts);
            stored.keySet().stream()
                    .filter(award -> !reached.contains(award))
                    .filter(award -> one.complete() || known.contains(award.window()))
                    .forEach(lost::add);
        }
    }

    List<Given> given() {
        return given;
    }

    List<Award> lost() {
        return lost;
    }

    /** What has to be found to know when the awards were reached. */
    List<Reached> questions() {
        return given.stream()
                .flatMap(one -> one.step()
                        .rule()
                        .conditions()
                        .filter(condition -> isMet(one, condition))
                        .map(condition -> reached(one, condition)))
                .toList();
    }

    private boolean isMet(Given one, Condition condition) {
        return condition.isMetBy(figure(one, condition));
    }

    private Figure figure(Given one, Condition condition) {
        return facts.of(
                condition.fact(one.target().goal().repeats()),
                one.step().player(),
                one.step().window());
    }

    private static Reached reached(Given one, Condition condition) {
        Question question = Question.of(condition.fact(one.target().goal().repeats()), one.target());
        return new Reached(question, one.step().player(), one.step().window(), condition.bound());
    }

    /** When an award was reached, in milliseconds. */
    long instant(Given one, Map<Reached, Long> instants) {
        Long instant = one.step()
                .rule()
                .reached(condition ->
                        isMet(one, condition) ? instants.getOrDefault(reached(one, condition), now) : null);
        return instant == null ? now : instant;
    }

    /** What an award is given for: the conditions that hold, with the figures of the player. */
    String ground(Given one) {
        JsonArray ground = new JsonArray();
        one.step()
                .rule()
                .conditions()
                .filter(condition -> isMet(one, condition))
                .forEach(condition -> {
                    JsonObject json =
                            new JsonObject().put("measure", condition.measure().name());
                    if (condition.board() != null) {
                        json.put("board", condition.board());
                    }
                    if (condition.tag() != null) {
                        json.put("tag", condition.tag());
                    }
                    json.put("bound", condition.bound().toPlainString());
                    json.put(
                            "value",
                            figure(one, condition).value().stripTrailingZeros().toPlainString());
                    ground.add(json);
                });
        return ground.encode();
    }

    /**
     * A player to be decided about.
     *
     * @param earliest the earliest instant at which something may have changed: awards reached before it stay as they are
     * @param eligible whether the player belongs to the segment of the achievement
     * @param complete whether the facts are known for every window
     */
    record Case(String player, long earliest, boolean eligible, boolean complete) {}

    /** The key of an award. */
    record Award(int achievement, String player, String tier, String window) {}

    /** An award to be given. */
    record Given(Target target, Step step, Award award) {}
}
