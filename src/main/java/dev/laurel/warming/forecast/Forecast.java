package dev.laurel.warming.forecast;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Foretells what will be wanted at an hour from what was wanted before: at the same hour of the same day of the week, and
 * to a smaller part at the same hour of other days, so that one day of traffic is enough to begin with.
 */
public record Forecast(HourOfWeek week, Decay decay) {
    /** Weight of another day against the same day of the week. */
    private static final double OTHER_DAY = 0.4;

    /** Less is what was read once, long ago or on another day of last week: loading it would hardly pay. */
    private static final double LEAST = 0.3;

    /**
     * The most wanted of an hour, most wanted first.
     *
     * @param known what was wanted at the same hour of each day
     * @param at an instant of the hour
     */
    public List<View> wanted(List<Demand> known, Instant at, int most) {
        int hour = week.of(at);
        return ordered(known, at, most, demand -> demand.hour() == hour ? 1 : OTHER_DAY);
    }

    /** The most wanted of all these hours together. */
    public List<View> wantedAltogether(List<Demand> known, Instant at, int most) {
        return ordered(known, at, most, demand -> 1);
    }

    private List<View> ordered(List<Demand> known, Instant at, int most, ToDoubleFunction<Demand> part) {
        Map<View, Double> expected = new HashMap<>();
        for (Demand demand : known) {
            double weight = part.applyAsDouble(demand) * decay.at(at, demand.weight(), demand.countedAt());
            expected.merge(demand.view(), weight, Double::sum);
        }
        return expected.entrySet().stream()
                .filter(one -> one.getValue() >= LEAST)
                .sorted(Map.Entry.<View, Double>comparingByValue()
                        .reversed()
                        .thenComparing(one -> one.getKey().kind())
                        .thenComparing(one -> one.getKey().subject(), Comparator.naturalOrder()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
