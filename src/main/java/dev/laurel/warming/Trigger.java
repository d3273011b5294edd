package dev.laurel.warming;

/** Why something is loaded before it is read. */
public enum Trigger {
    /** The process has begun. */
    START,
    /** Scores have been imported. */
    LOAD,
    /** A window ends soon. */
    BEFORE_ROLLOVER,
    /** Windows have been closed. */
    AFTER_ROLLOVER,
    /** Little is read now: the coming day is prepared. */
    QUIET_HOUR,
    /** Another hour begins soon. */
    FORECAST
}
