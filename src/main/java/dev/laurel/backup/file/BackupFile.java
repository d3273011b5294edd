package dev.laurel.backup.file;

/**
 * One file of a backup.
 *
 * @param table whose rows it has, one a line
 * @param rows how many
 * @param rawBytes of the lines
 * @param bytes of the file
 * @param sha256 of the file, in hexadecimal digits
 */
public record BackupFile(String name, String table, long rows, long rawBytes, long bytes, String sha256) {
    private static final String SUFFIX = ".ndjson.zst";
    private static final String ENCRYPTED = ".aes";

    /** The name of the n-th file of a table. */
    static String name(String table, int number, boolean encrypted) {
        return String.format("%s-%04d%s%s", table, number, SUFFIX, encrypted ? ENCRYPTED : "");
    }
}
