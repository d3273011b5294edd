package dev.laurel.analytics.figures;

import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

import java.util.Collection;

/**
 * A member's value among those of a group.
 *
 * @param own null when the member has none
 * @param members with a value
 * @param mean of their values; null for none, like median and deviation
 * @param deviation standard deviation of the whole group
 * @param percentile share of members with a lower value plus half of those with the same, in [0, 100]; null without an own
 *     value
 */
public record Compared(Double own, long members, Double mean, Double median, Double deviation, Double percentile) {
    public static Compared of(Double own, Collection<Double> values) {
        if (values.isEmpty()) {
            return new Compared(own, 0, null, null, null, null);
        }
        DescriptiveStatistics statistics = new DescriptiveStatistics();
        values.forEach(statistics::addValue);
        return new Compared(
                own,
                values.size(),
                statistics.getMean(),
                statistics.getPercentile(50),
                Math.sqrt(statistics.getPopulationVariance()),
                own == null ? null : percentile(own, values));
    }

    private static double percentile(double own, Collection<Double> values) {
        long below = values.stream().filter(value -> value < own).count();
        long equal = values.stream().filter(value -> value == own).count();
        return 100.0 * (below + equal / 2.0) / values.size();
    }
}
