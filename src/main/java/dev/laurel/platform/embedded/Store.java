package dev.laurel.platform.embedded;

/** The stores the service works with. */
public enum Store {
    POSTGRES,
    REDIS
}
