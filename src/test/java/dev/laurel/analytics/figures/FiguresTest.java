package dev.laurel.analytics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.analytics.rollup.Outcomes;
import dev.laurel.analytics.rollup.TagAttempts;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The arithmetic of analytics against the definitions, computed another way. */
class FiguresTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    /** By the normal equations in matrix form, with gaps; the density of t is integrated by Simpson's rule. */
    @RepeatedTest(20)
    void aSlopeIsThatOfTheNormalEquations(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 4 + random.nextInt(30); i++) {
            values.add(random.nextInt(6) == 0 ? null : random.nextInt(100) + i * random.nextDouble());
        }
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                n++;
                x += i;
                y += values.get(i);
                xx += (double) i * i;
                xy += i * values.get(i);
            }
        }
        if (n < 4) {
            return;
        }
        double determinant = n * xx - x * x;
        double slope = (n * xy - x * y) / determinant;
        double intercept = (xx * y - x * xy) / determinant;
        double squares = 0;
        for (int i = 0; i < values.size(); i++) {
            squares += values.get(i) == null ? 0 : Math.pow(values.get(i) - intercept - slope * i, 2);
        }
        double error = Math.sqrt(squares / (n - 2) * n / determinant);

        Slope found = Slope.of(values);

        assertThat(found.perBucket()).isCloseTo(slope, within(1e-6));
        assertThat(found.standardError()).isCloseTo(error, within(1e-6));
        assertThat(found.pValue()).isCloseTo(1 - mass(Math.abs(slope / error), (int) n - 2), within(1e-3));
        assertThat(found.isDistinguishable()).isEqualTo(found.pValue() < 0.05);
    }

    /** Probability that t lies within a bound on both sides. */
    private static double mass(double bound, int freedom) {
        return integral(bound, freedom, 2_000) / integral(Math.max(bound, 300), freedom, 300_000);
    }

    private static double integral(double bound, int freedom, int steps) {
        double width = bound / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double density = Math.pow(1 + Math.pow(i * width, 2) / freedom, -(freedom + 1) / 2.0);
            sum += density * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return sum * width / 3;
    }

    @Test
    void fewValuesProveNothing() {
        assertThat(Slope.of(List.of())).isEqualTo(new Slope(null, null, null, false));
        assertThat(Slope.of(Arrays.asList(null, 3.0))).isEqualTo(new Slope(null, null, null, false));
        assertThat(Slope.of(List.of(1.0, 3.0))).isEqualTo(new Slope(2.0, null, null, false));
        assertThat(Slope.of(List.of(5.0, 5.0, 5.0)).isDistinguishable()).isFalse();
        assertThat(Slope.of(List.of(1.0, 2.0, 3.0)).isDistinguishable()).isTrue();
    }

    @Test
    void consistencyIsShareAndVariation() {
        List<Double> values = List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0);
        double mean = 5;
        double squares = 32;
        assertThat(Consistency.of(16, values).share()).isEqualTo(0.5);
        assertThat(Consistency.of(16, values).variation()).isCloseTo(Math.sqrt(squares / 7) / mean, CLOSE);
        assertThat(Consistency.of(10, List.of(3.0)).variation()).isNull();
        assertThat(Consistency.of(10, List.of(0.0, 0.0)).variation()).isNull();
    }

    @Test
    void masteryBeginsInTheMiddleAndFollowsTheAttempts() {
        assertThat(mastery(10, 10).level()).isEqualTo(Mastery.Level.MASTERED);
        assertThat(mastery(1, 1).mastery()).isCloseTo(2 / 3.0, CLOSE);
        assertThat(mastery(1, 1).level()).isEqualTo(Mastery.Level.PROFICIENT);
        assertThat(mastery(10, 0).level()).isEqualTo(Mastery.Level.NOVICE);
        assertThat(mastery(2, 1).level()).isEqualTo(Mastery.Level.DEVELOPING);
    }

    private static Mastery mastery(int attempts, int completed) {
        return Mastery.of(new TagAttempts(
                "loops", new Outcomes(attempts, completed, 0, 0), attempts, completed, LocalDate.EPOCH));
    }

    @Test
    void aMemberIsComparedWithAll() {
        List<Double> values = List.of(1.0, 4.0, 4.0, 5.0, 11.0);
        Compared found = Compared.of(4.0, values);

        assertThat(found.mean()).isEqualTo(5);
        assertThat(found.median()).isEqualTo(4);
        assertThat(found.deviation()).isCloseTo(Math.sqrt((16 + 1 + 1 + 0 + 36) / 5.0), CLOSE);
        assertThat(found.percentile()).isEqualTo(40);
        assertThat(Compared.of(null, values).percentile()).isNull();
    }

    @Test
    void ofFewMembersNothingIsTold() {
        Compared alone = new Compared(4.0, null, null, null, null);

        assertThat(Compared.of(4.0, List.of(1.0, 4.0, 4.0, 11.0))).isEqualTo(alone);
        assertThat(Compared.of(4.0, List.of())).isEqualTo(alone);
    }
}
