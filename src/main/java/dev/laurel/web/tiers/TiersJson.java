package dev.laurel.web.tiers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.tier.Tier;
import dev.laurel.tier.TierCondition;
import dev.laurel.tier.TierCondition.Measure;
import dev.laurel.tier.TierDefinition;
import dev.laurel.web.NumberText;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The JSON forms of the definition of tiers. */
final class TiersJson {
    static final String EXAMPLE = """
            {"tiers": [
              {"name": "Warrior", "all": [{"metric": "power", "min": 50000000}, {"metric": "kills", "min": 1000000}]},
              {"name": "Top 10 %", "all": [{"percentile": true, "min": 90}]},
              {"name": "Other"}]}""";

    /** No number in bounds is longer. */
    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,20}(\\.\\d{1,20})?");

    private TiersJson() {}

    /** The tiers of a board. */
    @Schema(name = "Tiers")
    public record Definition(
            @Schema(
                    required = true,
                    description = "A player belongs to the first one that fits, and to none if none does",
                    minItems = 1,
                    maxItems = TierDefinition.MAX_TIERS)
            List<One> tiers) {
        static Definition of(TierDefinition definition) {
            return new Definition(definition.tiers().stream().map(One::of).toList());
        }

        TierDefinition definition() {
            requireList("tiers", tiers);
            return new TierDefinition(IntStream.range(0, tiers.size())
                    .mapToObj(i -> tiers.get(i).tier("tiers[" + i + "]"))
                    .toList());
        }
    }

    /** A tier. */
    @Schema(name = "Tier")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record One(
            @Schema(required = true, minLength = 1, maxLength = Tier.MAX_NAME, examples = "Warrior")
            String name,

            @Schema(
                    description = "All of them must hold; a tier without conditions fits everybody",
                    maxItems = Tier.MAX_CONDITIONS)
            List<Condition> all,

            @Schema(description = "One of them must hold, if there are any", maxItems = Tier.MAX_CONDITIONS)
            List<Condition> any) {
        static One of(Tier tier) {
            return new One(
                    tier.name(),
                    tier.all().stream().map(Condition::of).toList(),
                    tier.any().stream().map(Condition::of).toList());
        }

        Tier tier(String path) {
            return new Tier(name, conditions(path + ".all", all), conditions(path + ".any", any));
        }

        private static List<TierCondition> conditions(String path, List<Condition> conditions) {
            if (conditions == null) {
                return List.of();
            }
            return IntStream.range(0, conditions.size())
                    .mapToObj(i -> conditions.get(i).condition(path + "[" + i + "]"))
                    .toList();
        }
    }

    /** A condition of a tier. */
    @Schema(name = "TierCondition", description = "Bounds for a score, a rank or a percentile; needs min or max")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Condition(
            @Schema(description = "By which metric; default: the board's first", examples = "power")
            String metric,

            @Schema(description = "Whether the rank is bounded, rather than the score", defaultValue = "false")
            Boolean rank,

            @Schema(
                    description = "Whether the percentile is bounded, 0 to 100, rather than the score",
                    defaultValue = "false")
            Boolean percentile,

            @Schema(description = "Smallest value that fits", examples = "50000000")
            NumberText min,

            @Schema(description = "Largest value that fits") NumberText max) {
        static Condition of(TierCondition condition) {
            return new Condition(
                    condition.metric(),
                    condition.measure() == Measure.RANK ? true : null,
                    condition.measure() == Measure.PERCENTILE ? true : null,
                    text(condition.min()),
                    text(condition.max()));
        }

        private static NumberText text(BigDecimal number) {
            return number == null ? null : new NumberText(number.toPlainString());
        }

        TierCondition condition(String path) {
            boolean ranks = Boolean.TRUE.equals(rank);
            boolean percentiles = Boolean.TRUE.equals(percentile);
            if (ranks && percentiles) {
                throw new InvalidInput(path + ".percentile", "cannot be combined with rank; use two conditions");
            }
            Measure measure = ranks ? Measure.RANK : percentiles ? Measure.PERCENTILE : Measure.SCORE;
            return new TierCondition(metric, measure, number(path + ".min", min), number(path + ".max", max));
        }

        private static BigDecimal number(String field, NumberText number) {
            if (number == null) {
                return null;
            }
            if (!PLAIN.matcher(number.text()).matches()) {
                throw new InvalidInput(field, "must be a number of at most 20 digits, without an exponent");
            }
            return new BigDecimal(number.text());
        }
    }

    private static void requireList(String field, List<?> items) {
        if (items == null) {
            throw new InvalidInput(field, "is missing");
        }
    }
}
