package dev.laurel.platform.lifecycle;

import jakarta.annotation.Priority;

/**
 * What happens one after the other at the start and at the end, as {@link Priority} of its observer; the lowest number
 * comes first. The scheduler of the framework begins at 0.
 */
public final class StartOrder {
    /** Makes sure of PostgreSQL and its schema. Nothing has been begun before that would have to be ended when it is refused. */
    public static final int POSTGRES = -20;

    /** Begins what takes its time on a JVM and is waited for at the end, {@link #READY}. */
    public static final int WARM_UP = -15;

    /** Begins to connect to Redis, and waits for nothing. */
    public static final int REDIS = -10;

    /** Creates what a new service has to have, before requests are taken. */
    public static final int CONTENT = 100;

    /** Waits for what was begun as {@link #WARM_UP}; then requests are taken. */
    public static final int READY = 110;

    /** At the end: background jobs get no further, and are waited for while all that they need is there. */
    public static final int JOBS_END = 1;

    private StartOrder() {}
}
