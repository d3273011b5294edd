package dev.laurel.analytics.figures;

import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

import java.util.Collection;

/**
 * A member's value among those of a group. Of fewer than {@value #MIN_MEMBERS} members with a value nothing but the own value is
 * known: of two, each could tell what the other one has.
 *
 * @param own null when the member has none
 * @param mean of the members' values; null where they are too few, like median, deviation and percentile
 * @param deviation standard deviation of the whole group
 * @param percentile share of members with a lower value plus half of those with the same, in [0, 100]; null without an own
 *     value
 */
public record Compared(Double own, Double mean, Double median, Double deviation, Double percentile) {
    /** Members with a value, the compared one included, from whom on figures of others are told. */
    public static final int MIN_MEMBERS = 5;

    public static Compared of(Double own, Collection<Double> values) {
        if (values.size() < MIN_MEMBERS) {
            return new Compared(own, null, null, null, null);
        }
        DescriptiveStatistics statistics = new DescriptiveStatistics();
        values.forEach(statistics::addValue);
        return new Compared(
                own,
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
