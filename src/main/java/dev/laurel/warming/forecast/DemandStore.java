package dev.laurel.warming.forecast;

import io.smallrye.mutiny.Uni;

import java.util.List;

/** What was wanted at each hour of the week, by all processes, over restarts. */
public interface DemandStore {
    /** Adds to what is known. Of each hour and kind the most wanted stay. */
    Uni<Void> add(List<Demand> demands);

    /** What was wanted at these hours. */
    Uni<List<Demand>> at(int... hours);

    /** What was wanted at each hour altogether: 168 weights. */
    Uni<double[]> byHour();
}
