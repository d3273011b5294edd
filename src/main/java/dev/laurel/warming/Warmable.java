package dev.laurel.warming;

import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.List;

/** What a feature can load before it is read. Features implement it; each has a kind of its own. */
public interface Warmable {
    /** In lower case; the views that it counts carry it. */
    String kind();

    /** Where what it loads is kept. */
    Reach reach();

    /** How long it is kept when nothing changes. */
    Duration keptFor();

    /**
     * Loads what is missing, without counting as a view.
     *
     * @param subjects of views, at most {@value Warming#BATCH}
     * @return those that were loaded, without those that were there already or are there no longer
     */
    Uni<List<String>> load(Tenant tenant, List<String> subjects);

    /** Where what is loaded is kept. */
    enum Reach {
        /** In this process: each process loads for itself. */
        PROCESS,
        /** In a store common to all processes: one of them loads for all. */
        ALL
    }
}
