package dev.laurel.web.boards;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.rules.DerivedMetric;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.NumberText;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A metric that follows from others, as clients write and read it: a gain, or a weighted sum. */
@Schema(name = "DerivedMetric", description = "Has either gainOf or weighted")
public record BoardDerivedMetric(
        @Schema(required = true, examples = "points", pattern = "[a-z][A-Za-z0-9_]{0,31}")
        String name,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "A metric: what a player has gained of it since the baseline of the season. Counts in seasons"
                                + " alone; players without a baseline take no place",
                examples = "kills")
        String gainOf,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "Weights by the name of a metric or a gain: the sum of the values times their weights, rounded"
                                + " half away from zero. A value that a player lacks adds nothing; without any, the player takes no"
                                + " place",
                type = SchemaType.OBJECT,
                additionalProperties = Number.class,
                examples = "{\"t4Kills\": 10, \"t5Kills\": 20, \"deaths\": -5}")
        Map<String, NumberText> weighted) {
    /** Beyond any weight, and small enough to be calculated with. */
    private static final int MAX_SCALE = 1_000;

    /** Null for none. */
    static List<BoardDerivedMetric> of(MetricRules rules) {
        if (rules.derived().isEmpty()) {
            return null;
        }
        List<BoardDerivedMetric> derived = new ArrayList<>();
        rules.derived().forEach((name, rule) -> {
            Map<String, NumberText> weights = new LinkedHashMap<>();
            rule.weighted().forEach((input, weight) -> weights.put(input, new NumberText(weight.toPlainString())));
            derived.add(new BoardDerivedMetric(name, rule.gainOf(), rule.isGain() ? null : weights));
        });
        return derived;
    }

    /**
     * The names of all metrics, those of derived ones after the others.
     *
     * @param submitted null for the default
     */
    static List<String> names(List<String> submitted, List<BoardDerivedMetric> derived) {
        List<String> names = new ArrayList<>(submitted == null ? List.of(BoardDefinition.DEFAULT_METRIC) : submitted);
        all(derived).forEach(one -> names.add(one.name));
        return names;
    }

    static MetricRules rules(List<BoardDerivedMetric> derived) {
        Map<String, DerivedMetric> rules = new LinkedHashMap<>();
        for (BoardDerivedMetric one : all(derived)) {
            Map<String, BigDecimal> weights = new LinkedHashMap<>();
            if (one.weighted != null) {
                one.weighted.forEach((input, weight) -> weights.put(input, number(weight)));
            }
            rules.put(one.name, new DerivedMetric(one.gainOf, weights));
        }
        return new MetricRules(rules, null);
    }

    /** The exact number; of one that is too long, or out of any range, one that the rules refuse as well. */
    private static BigDecimal number(NumberText weight) {
        if (weight == null) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(weight.text());
            if (value.scale() >= -MAX_SCALE && value.scale() <= MAX_SCALE) {
                return value;
            }
        } catch (NumberFormatException e) {
            // as far out of range as one that can be parsed
        }
        return DerivedMetric.MAX_WEIGHT.add(BigDecimal.ONE);
    }

    private static List<BoardDerivedMetric> all(List<BoardDerivedMetric> derived) {
        if (derived == null) {
            return List.of();
        }
        if (derived.stream().anyMatch(one -> one == null || one.name == null)) {
            throw new InvalidInput("derivedMetrics", "must have a name each");
        }
        return derived;
    }
}
