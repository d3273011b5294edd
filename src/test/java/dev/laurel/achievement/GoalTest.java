package dev.laurel.achievement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Facts;
import dev.laurel.achievement.rule.Figure;
import dev.laurel.achievement.rule.Goal;
import dev.laurel.achievement.rule.Goal.Step;
import dev.laurel.achievement.rule.Measure;
import dev.laurel.achievement.rule.Rule;
import dev.laurel.achievement.rule.Rule.Combined;
import dev.laurel.achievement.rule.Rule.Combined.Kind;
import dev.laurel.achievement.rule.RuleText;
import dev.laurel.achievement.rule.Tier;
import dev.laurel.shared.Period;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Rules decide by facts alone. */
class GoalTest {
    private static final Condition TOTAL = condition(Measure.TOTAL, "100", false);
    private static final Condition RANK = condition(Measure.FINAL_RANK, "3", true);

    private final Facts facts = new Facts();

    @Test
    void tiersAreReachedUpToTheValue() {
        Goal goal = new Goal(TOTAL.withBound(null), List.of(tier("bronze", 50), tier("gold", 1000)), null);
        know(TOTAL, "ann", 50);
        know(TOTAL, "bob", 49);

        assertThat(goal.reached("ann", facts)).extracting(Step::tier).containsExactly("bronze");
        assertThat(goal.reached("bob", facts)).isEmpty();
        assertThat(goal.reached("cyd", facts)).isEmpty();
    }

    @Test
    void lessIsBetterWhereThatIsAskedFor() {
        Goal goal = new Goal(RANK, List.of(), null);
        know(RANK, "ann", 3);
        know(RANK, "bob", 4);

        assertThat(goal.reached("ann", facts)).hasSize(1);
        assertThat(goal.reached("bob", facts)).isEmpty();
    }

    @Test
    void allHoldWithTheLastAndAnyWithTheFirst() {
        Map<Condition, Long> instants = Map.of(TOTAL, 5L, RANK, 9L);

        assertThat(new Combined(Kind.ALL, List.of(TOTAL, RANK)).reached(instants::get))
                .isEqualTo(9);
        assertThat(new Combined(Kind.ANY, List.of(TOTAL, RANK)).reached(instants::get))
                .isEqualTo(5);
        assertThat(new Combined(Kind.ALL, List.of(TOTAL, RANK)).reached(Map.of(TOTAL, 5L)::get))
                .isNull();
        assertThat(new Combined(Kind.ANY, List.of(TOTAL, RANK)).reached(Map.of(RANK, 9L)::get))
                .isEqualTo(9);
    }

    @Test
    void whatRepeatsIsDecidedForEachWindow() {
        Goal goal = new Goal(TOTAL, List.of(), Period.DAILY);
        facts.put(TOTAL.fact(Period.DAILY), "ann", "2026-11-20", figure(100));
        facts.put(TOTAL.fact(Period.DAILY), "ann", "2026-11-21", figure(99));

        assertThat(goal.reached("ann", facts)).extracting(Step::window).containsExactly("2026-11-20");
        assertThat(goal.windows("ann", facts)).containsExactly("2026-11-20", "2026-11-21");
    }

    @Test
    void rulesAreReadAsTheyWereWritten() {
        Rule rule =
                new Combined(Kind.ALL, List.of(TOTAL, new Combined(Kind.ANY, List.of(RANK, TOTAL.withBound(null)))));
        List<Tier> tiers = List.of(tier("bronze", 50), tier("gold", 1000));

        assertThat(RuleText.readRule(RuleText.write(rule).encode())).isEqualTo(rule);
        assertThat(RuleText.readTiers(RuleText.write(tiers).encode())).isEqualTo(tiers);
    }

    private void know(Condition condition, String player, long value) {
        facts.put(condition.fact(null), player, Facts.ONCE, figure(value));
    }

    private static Condition condition(Measure measure, String bound, boolean less) {
        return new Condition(measure, "learn", null, Period.ALL_TIME, new BigDecimal(bound), less);
    }

    private static Tier tier(String name, long threshold) {
        return new Tier(name, BigDecimal.valueOf(threshold));
    }

    private static Figure figure(long value) {
        return new Figure(BigDecimal.valueOf(value));
    }
}
