package dev.laurel.board.rules;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a metric follows from others: as the gain of one since the beginning of its season, or as a weighted sum.
 *
 * @param gainOf the metric whose baseline is taken from its present value; null for a weighted sum
 * @param weighted weights by name of metrics and of gains; empty for a gain
 */
public record DerivedMetric(String gainOf, Map<String, BigDecimal> weighted) {
    /** With 31 metrics, values within the exact range stay within what SQL sums without loss. */
    public static final BigDecimal MAX_WEIGHT = BigDecimal.valueOf(1_000_000);

    public static final int MAX_DECIMALS = 6;

    public DerivedMetric {
        Map<String, BigDecimal> plain = new LinkedHashMap<>();
        // One spelling of each number: 10 and 10.0 are the same rule.
        weighted.forEach((name, weight) -> plain.put(name, weight == null ? null : plain(weight)));
        weighted = Collections.unmodifiableMap(plain);
    }

    /** The present value of a metric without its baseline. */
    public static DerivedMetric gain(String metric) {
        return new DerivedMetric(metric, Map.of());
    }

    public boolean isGain() {
        return gainOf != null;
    }

    private static BigDecimal plain(BigDecimal weight) {
        BigDecimal stripped = weight.stripTrailingZeros();
        // Of a larger one only its refusal is needed, not its digits.
        return stripped.scale() < 0 && stripped.scale() > -MAX_WEIGHT.precision() ? stripped.setScale(0) : stripped;
    }
}
