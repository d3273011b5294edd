package dev.laurel.database;

/** A kind of step that improves the database. */
public enum Action {
    CREATE_INDEX,
    /** Of an index that is there and cannot be used. */
    REBUILD_INDEX,
    DROP_INDEX,
    VACUUM,
    ANALYZE,
    CLEAR_CACHES,
    WARM_CACHES
}
