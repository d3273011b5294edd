package dev.laurel.platform.lifecycle;

import jakarta.annotation.Priority;

/**
 * The order of steps at startup and shutdown, as the {@link Priority} of their observers; the lowest number comes
 * first. The framework's scheduler begins at 0.
 */
public final class StartOrder {
    /**
     * Verifies PostgreSQL and its schema. Nothing has begun before it that would have to be ended if it is refused.
     */
    public static final int POSTGRES = -20;

    /** Decides who may use the service. What is refused has begun nothing yet, neither jobs nor connections to Redis. */
    public static final int ACCESS = -18;

    /** Begins what takes long on a JVM and is awaited at the end, {@link #READY}. */
    public static final int WARM_UP = -15;

    /** Begins to connect to Redis, without waiting. */
    public static final int REDIS = -10;

    /** Creates what a new service must have before it accepts requests. */
    public static final int CONTENT = 100;

    /** Waits for what was begun at {@link #WARM_UP}; after it, requests are accepted. */
    public static final int READY = 110;

    /** At shutdown: background jobs begin nothing new, and are awaited while everything they need is available. */
    public static final int JOBS_END = 1;

    private StartOrder() {}
}
