package dev.laurel.imports;

import dev.laurel.board.BoardName;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An import.
 *
 * @param boardId number of the board it was ordered for; one that was created again is another
 * @param fingerprint distinguishes what its rows mean from what those of other imports do
 */
public record ImportJob(
        long id,
        BoardName board,
        int boardId,
        Source source,
        String fingerprint,
        ImportOptions options,
        ImportState state,
        Progress progress,
        Times times) {
    /**
     * The file.
     *
     * @param bytes as uploaded
     */
    public record Source(UUID file, String name, long bytes) {}

    /**
     * How far it is.
     *
     * @param bulk whether what it writes is shown at its end
     * @param position rows that are done with in this phase
     * @param rowsTotal null until the file has been read to its end
     * @param readBytes how far the file has been read
     * @param failure why it ended early; null if it did not
     * @param attempts how often it was taken over since it last came further; more for a process that ended with it
     * @param hindrance why it was given back last; null once it has come further
     * @param worked by all processes together
     */
    public record Progress(
            ImportPhase phase,
            boolean bulk,
            long position,
            Long rowsTotal,
            long readBytes,
            ImportCounts counts,
            Duration worked,
            String failure,
            boolean cancelled,
            int attempts,
            String hindrance) {}

    /**
     * When it was ordered, begun and ended.
     *
     * @param started null before, like {@code finished}
     */
    public record Times(Instant created, Instant started, Instant finished) {}

    /** The same import, all of whose rows have been checked and none applied. */
    public ImportJob applying() {
        Progress begun = new Progress(
                ImportPhase.APPLY,
                false,
                0,
                progress.rowsTotal(),
                0,
                ImportCounts.NONE,
                Duration.ZERO,
                null,
                false,
                0,
                null);
        return new ImportJob(id, board, boardId, source, fingerprint, options, state, begun, times);
    }

    /** How long it will still take at the present rate; null when nobody can say. */
    public Duration timeLeft() {
        if (state != ImportState.RUNNING || progress.readBytes() <= 0 || source.bytes() <= 0) {
            return null;
        }
        double done = Math.min(1, (double) progress.readBytes() / source.bytes());
        return Duration.ofMillis((long) (progress.worked().toMillis() * (1 - done) / done));
    }

    /** Rows per second so far; 0 before the first. */
    public double rate() {
        double seconds = progress.worked().toMillis() / 1000.0;
        return seconds <= 0 ? 0 : progress.position() / seconds;
    }
}
