package dev.laurel.backup;

import dev.laurel.backup.file.Manifest;

import java.time.Instant;

/**
 * A backup as operators see it.
 *
 * @param startedAt of the snapshot
 * @param manifest null unless it is complete
 * @param activity what this process is doing to make it; null otherwise
 * @param problem why it is not complete or cannot be used; null when nothing is wrong
 */
public record Backup(
        String name, State state, Instant startedAt, Manifest manifest, Activity activity, String problem) {
    /** What became of it. */
    public enum State {
        RUNNING,
        COMPLETE,
        FAILED,
        /** The process that wrote it has ended. */
        INTERRUPTED,
        /** It cannot be used: {@link Backup#problem} says why. */
        UNUSABLE
    }
}
