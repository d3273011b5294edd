package dev.laurel.analytics.figures;

import org.apache.commons.math3.stat.regression.SimpleRegression;

import java.util.List;

/**
 * The straight line that fits values in a row best, by least squares.
 *
 * @param perBucket change from one value to the next; null for fewer than two values
 * @param standardError of it; null for fewer than three values
 * @param pValue probability of a slope at least as far from 0 if there is none; null like the error
 * @param isDistinguishable whether that is below {@value #LEVEL}: whether there is a trend rather than chance
 */
public record Slope(Double perBucket, Double standardError, Double pValue, boolean isDistinguishable) {
    /** Significance level. */
    public static final double LEVEL = 0.05;

    /** The slope of values at 0, 1, 2…; a null is a gap. */
    public static Slope of(List<Double> values) {
        SimpleRegression regression = new SimpleRegression();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                regression.addData(i, values.get(i));
            }
        }
        if (regression.getN() < 2) {
            return new Slope(null, null, null, false);
        }
        double slope = regression.getSlope();
        if (regression.getN() < 3) {
            return new Slope(slope, null, null, false);
        }
        double error = regression.getSlopeStdErr();
        double p = pValue(regression, slope, error);
        return new Slope(slope, error, p, p < LEVEL);
    }

    /** Values exactly on a line leave no room for chance, unless the line is flat. */
    private static double pValue(SimpleRegression regression, double slope, double error) {
        if (error == 0) {
            return slope == 0 ? 1 : 0;
        }
        return regression.getSignificance();
    }
}
