package dev.laurel.board.rules;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.Period;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the values of a board's metrics come from: some are derived, and some may be missing in a submission.
 *
 * @param derived the derived metrics by name, in the order of the board's metrics
 * @param required how many metrics a submission has to name, those that the board had before its first event; null for
 *     all that are not derived
 */
public record MetricRules(Map<String, DerivedMetric> derived, Integer required) {
    /** Submissions name all metrics. */
    public static final MetricRules NONE = new MetricRules(Map.of(), null);

    /** Each is a ranking of its own in every window. */
    public static final int MAX_METRICS = 32;

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]{0,31}");

    public MetricRules {
        derived = Collections.unmodifiableMap(new LinkedHashMap<>(derived));
    }

    /** Whether standings are shown as they are kept. */
    public boolean isNone() {
        return derived.isEmpty() && required == null;
    }

    /** The same with so many metrics that submissions have to name. */
    public MetricRules requiring(Integer metrics) {
        return new MetricRules(derived, metrics);
    }

    /**
     * The order of metrics after a change: those that a board has keep their places, and new ones follow. Names that are not
     * written in the order they have, or are left out, stay as they are written, to be refused.
     */
    public List<String> order(List<String> wanted, List<String> before, MetricRules rulesBefore) {
        if (!begins(submitted(wanted), rulesBefore.submitted(before))
                || !begins(List.copyOf(derived.keySet()), List.copyOf(rulesBefore.derived.keySet()))) {
            return wanted;
        }
        List<String> ordered = new ArrayList<>(before);
        wanted.stream().filter(name -> !before.contains(name)).forEach(ordered::add);
        return ordered;
    }

    /** Whether metrics and rules that a board has are the same after a change, which may add others. */
    public boolean keeps(List<String> metrics, List<String> before, MetricRules rulesBefore) {
        return begins(metrics, before)
                && before.stream().allMatch(name -> Objects.equals(derived.get(name), rulesBefore.derived.get(name)));
    }

    private static boolean begins(List<String> names, List<String> with) {
        return names.size() >= with.size() && names.subList(0, with.size()).equals(with);
    }

    private List<String> submitted(List<String> metrics) {
        return metrics.stream().filter(name -> !derived.containsKey(name)).toList();
    }

    /** The rules of these rules: adds an error for every field that violates its own. */
    public void check(List<FieldError> errors, List<String> metrics, Set<Period> periods) {
        if (metrics.isEmpty()
                || metrics.size() > MAX_METRICS
                || Set.copyOf(metrics).size() != metrics.size()
                || !metrics.stream().allMatch(name -> NAME.matcher(name).matches())) {
            errors.add(new FieldError(
                    "metrics",
                    "must be 1 to " + MAX_METRICS
                            + " different names, derived ones included, each a small letter and up"
                            + " to 31 letters, digits or underscores"));
        }
        if (!metrics.isEmpty() && derived.containsKey(metrics.get(0))) {
            errors.add(new FieldError("metrics", "must begin with a metric that is not derived"));
        }
        derived.forEach((name, rule) -> check(errors, metrics, periods, Map.entry(name, rule)));
    }

    private void check(
            List<FieldError> errors, List<String> metrics, Set<Period> periods, Map.Entry<String, DerivedMetric> one) {
        String field = "derivedMetrics." + one.getKey();
        DerivedMetric rule = one.getValue();
        if (rule.isGain() == !rule.weighted().isEmpty()) {
            errors.add(new FieldError(field, "must have either gainOf or weighted"));
        } else if (rule.isGain() && (!metrics.contains(rule.gainOf()) || derived.containsKey(rule.gainOf()))) {
            errors.add(new FieldError(field + ".gainOf", "must be a metric of the board that is not derived"));
        } else if (rule.isGain() && !periods.contains(Period.SEASON)) {
            errors.add(new FieldError(field + ".gainOf", "needs the period SEASON, in which gains count"));
        }
        rule.weighted().forEach((input, weight) -> {
            DerivedMetric derivedInput = derived.get(input);
            if (!metrics.contains(input) || derivedInput != null && !derivedInput.isGain()) {
                errors.add(new FieldError(
                        field + ".weighted." + input, "is not a metric of the board, or is a weighted one itself"));
            } else if (!isWeight(weight)) {
                errors.add(new FieldError(
                        field + ".weighted." + input,
                        "must be a number other than 0 within ±" + DerivedMetric.MAX_WEIGHT + ", with at most "
                                + DerivedMetric.MAX_DECIMALS + " decimals"));
            }
        });
    }

    private static boolean isWeight(BigDecimal weight) {
        return weight != null
                && weight.signum() != 0
                && weight.abs().compareTo(DerivedMetric.MAX_WEIGHT) <= 0
                && weight.scale() <= DerivedMetric.MAX_DECIMALS;
    }

    /**
     * The derived metrics as the SQL function {@code derived_terms} reads them: for each its number, the number of its terms,
     * and for each term the number of a metric, its weight, and 1 where its gain counts.
     *
     * @return the literal of an array; null without any
     */
    public String terms(List<String> metrics) {
        if (derived.isEmpty()) {
            return null;
        }
        List<String> all = new ArrayList<>();
        derived.forEach((name, rule) -> {
            Map<String, BigDecimal> inputs = rule.isGain() ? Map.of(name, BigDecimal.ONE) : rule.weighted();
            all.add(Integer.toString(metrics.indexOf(name)));
            all.add(Integer.toString(inputs.size()));
            inputs.forEach((input, weight) -> {
                DerivedMetric gain = derived.get(input);
                all.add(Integer.toString(metrics.indexOf(gain == null ? input : gain.gainOf())));
                all.add(weight.toPlainString());
                all.add(gain == null ? "0" : "1");
            });
        });
        return "{" + String.join(",", all) + "}";
    }

    /** The number of required metrics as its column has it; null for all. */
    public Short requiredColumn() {
        return required == null ? null : Short.valueOf(required.shortValue());
    }
}
