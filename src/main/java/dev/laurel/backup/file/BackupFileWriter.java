package dev.laurel.backup.file;

import io.airlift.compress.zstd.ZstdOutputStream;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes one file of a backup, line by line: compressed, then encrypted where there is a key, then hashed. */
public final class BackupFileWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final String name;
    private final String table;
    private final FileChannel file;
    private final MessageDigest digest = sha256();
    private final CountedOutput counted;
    private final OutputStream lines;
    private long rows;
    private long rawBytes;

    /**
     * @param backup the name of the backup, which becomes part of the key
     * @param key null for no encryption
     */
    public BackupFileWriter(Path folder, String backup, String table, int number, BackupKey key) throws IOException {
        this.name = BackupFile.name(table, number, key != null);
        this.table = table;
        this.path = folder.resolve(name);
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.counted = new CountedOutput(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
        OutputStream hashed = new DigestOutputStream(counted, digest);
        this.lines =
                new ZstdOutputStream(key == null ? hashed : new SealedOutput(hashed, key, sealedName(backup, name)));
    }

    /** A file of one backup cannot take the place of that of another one. */
    static String sealedName(String backup, String name) {
        return backup + "/" + name;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param line with the line feed at its end */
    public void line(byte[] line) throws IOException {
        lines.write(line, 0, line.length);
        rows++;
        rawBytes += line.length;
    }

    /** How many bytes of lines there are so far. */
    public long rawBytes() {
        return rawBytes;
    }

    /** Ends the file; it is on the disk afterwards. */
    public BackupFile end() throws IOException {
        lines.close();
        // Closed by now, with all around it.
        try (FileChannel again = FileChannel.open(path, StandardOpenOption.WRITE)) {
            again.force(true);
        }
        return new BackupFile(
                name, table, rows, rawBytes, counted.count(), HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
