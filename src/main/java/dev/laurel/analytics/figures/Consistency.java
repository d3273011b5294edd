package dev.laurel.analytics.figures;

import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

import java.util.Collection;

/**
 * How regularly somebody is active.
 *
 * @param share of the days of a range with at least one event, in [0, 1]
 * @param variation standard deviation of the active days' values over their mean; null for fewer than two active days, and
 *     where the mean is 0
 */
public record Consistency(double share, Double variation) {
    /**
     * Of a range of days.
     *
     * @param days in the range
     * @param values of its active days
     */
    public static Consistency of(long days, Collection<Double> values) {
        SummaryStatistics statistics = new SummaryStatistics();
        values.forEach(statistics::addValue);
        boolean defined = values.size() > 1 && statistics.getMean() != 0;
        return new Consistency(
                (double) values.size() / days,
                defined ? statistics.getStandardDeviation() / Math.abs(statistics.getMean()) : null);
    }
}
