package dev.laurel.backup.file;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup consists of. It is written last: a folder without one is not a backup.
 *
 * @param format of the files and of this
 * @param program the version that has written it
 * @param schema of the database
 * @param keyId which key it is encrypted with; null for none
 * @param feed where the feed stood
 * @param sequences the last value of each, by name
 * @param partitions the months of the ledger, by their first days
 * @param tables how many rows each has, by name; all tables, those without rows too
 */
public record Manifest(
        int format,
        String id,
        String program,
        Schema schema,
        Instant startedAt,
        Instant endedAt,
        Trigger trigger,
        String keyId,
        FeedPoint feed,
        Map<String, Long> sequences,
        List<String> partitions,
        Map<String, Long> tables,
        List<BackupFile> files) {
    /** What this program writes, and the only one that it reads. */
    public static final int FORMAT = 1;

    public long rows() {
        return tables.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of all files. */
    public long bytes() {
        return files.stream().mapToLong(BackupFile::bytes).sum();
    }

    /** Of all lines, before they were compressed. */
    public long rawBytes() {
        return files.stream().mapToLong(BackupFile::rawBytes).sum();
    }

    /**
     * Which migrations the schema has.
     *
     * @param version the newest of them
     */
    public record Schema(String version, long migrations) {}

    /**
     * Where the feed stood.
     *
     * @param next greater than the transaction of any row
     * @param shift what was added to the ids of transactions
     */
    public record FeedPoint(long next, long shift) {}

    /** Why a backup was made. */
    public enum Trigger {
        REQUEST,
        SCHEDULE
    }
}
