package dev.laurel.web.tenants;

import java.util.Arrays;

/** Measured times. */
final class Sample {
    private final double[] values;
    private int size;

    Sample(int most) {
        this(new double[most], 0);
    }

    private Sample(double[] values, int size) {
        this.values = values;
        this.size = size;
    }

    void add(long value) {
        values[size++] = value;
    }

    /** The least of them, so large a part. */
    Sample cropped(double part) {
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return new Sample(sorted, Math.max(1, (int) (size * part)));
    }

    double mean() {
        return Arrays.stream(values, 0, size).average().orElse(0);
    }

    private double variance() {
        double mean = mean();
        return Arrays.stream(values, 0, size)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / Math.max(1, size - 1);
    }

    /** Welch's t of two samples: how many standard errors lie between their means. */
    static double welch(Sample one, Sample two) {
        double error = Math.sqrt(one.variance() / one.size + two.variance() / two.size);
        return error == 0 ? 0 : (one.mean() - two.mean()) / error;
    }
}
