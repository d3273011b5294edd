package dev.laurel.platform;

import jakarta.annotation.Priority;

/** What happens one after the other at the start, as {@link Priority} of its observer. The lowest number comes first. */
public final class StartOrder {
    /** Connects to Redis, and waits for nothing: the connections are made while PostgreSQL is asked. */
    public static final int REDIS = -20;

    /** Makes sure of PostgreSQL and its schema, before jobs run: the scheduler of the framework begins at 0. */
    public static final int POSTGRES = -10;

    /** Creates what a new service has to have, before requests are taken. */
    public static final int CONTENT = 100;

    private StartOrder() {}
}
