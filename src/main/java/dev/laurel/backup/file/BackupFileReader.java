package dev.laurel.backup.file;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Reads one file of a backup, line by line, and holds it against what the manifest says of it. */
public final class BackupFileReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /** A piece of an uploaded file is the longest there is: a megabyte, two digits for each byte. */
    private static final int MAX_LINE = 1 << 24;

    private final BackupFile expected;
    private final MessageDigest digest = BackupFileWriter.sha256();
    private final InputStream hashed;
    private final Reader lines;
    private final char[] buffer = new char[BUFFER];
    private int filled;
    private int taken;
    private long rows;

    /**
     * Opens the file.
     *
     * @param key null where the backup is not encrypted
     * @throws DamagedFile when it is missing, or its length is another one
     */
    public BackupFileReader(Path folder, String backup, BackupFile expected, BackupKey key) throws IOException {
        this.expected = expected;
        this.hashed = new DigestInputStream(new BufferedInputStream(opened(folder, expected), BUFFER), digest);
        InputStream plain = key == null ? hashed : new SealedInput(hashed, key, backup, expected.name());
        // A line that is no UTF-8 was not written by the service.
        this.lines = new InputStreamReader(
                new ZstdInputStream(plain),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static InputStream opened(Path folder, BackupFile expected) throws IOException {
        try {
            Path file = folder.resolve(expected.name());
            long size = Files.size(file);
            if (size != expected.bytes()) {
                throw new DamagedFile(
                        expected.name(),
                        "has " + size + " bytes and should have " + expected.bytes()
                                + (size < expected.bytes() ? ": it is cut off" : ""));
            }
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new DamagedFile(expected.name(), "is missing", e);
        }
    }

    /** Compares the hash of a whole file, before anything in it is interpreted. */
    public static void requireSame(Path folder, BackupFile expected) throws IOException {
        MessageDigest digest = BackupFileWriter.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = opened(folder, expected)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        requireSame(expected, digest);
    }

    private static void requireSame(BackupFile expected, MessageDigest digest) throws DamagedFile {
        if (!HexFormat.of().formatHex(digest.digest()).equals(expected.sha256())) {
            throw new DamagedFile(expected.name(), "has another SHA-256 than the manifest says: it was changed");
        }
    }

    /** The next line without its line feed; null at the end. */
    public String line() throws IOException {
        try {
            StringBuilder line = new StringBuilder();
            while (true) {
                if (taken == filled && !fill()) {
                    return atEnd(line);
                }
                int end = taken;
                while (end < filled && buffer[end] != '\n') {
                    end++;
                }
                line.append(buffer, taken, end - taken);
                taken = end;
                if (line.length() > MAX_LINE) {
                    throw new DamagedFile(expected.name(), "has a line that no row can have");
                }
                if (end < filled) {
                    taken++;
                    rows++;
                    return line.toString();
                }
            }
        } catch (DamagedFile e) {
            throw e;
        } catch (MalformedInputException | IOException e) {
            throw new DamagedFile(expected.name(), "cannot be decompressed: " + e.getMessage(), e);
        }
    }

    private boolean fill() throws IOException {
        taken = 0;
        filled = Math.max(0, lines.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    private String atEnd(StringBuilder line) throws DamagedFile {
        if (!line.isEmpty()) {
            throw new DamagedFile(expected.name(), "ends in the middle of a line");
        }
        return null;
    }

    /** Called at the end of the lines. */
    public void end() throws IOException {
        hashed.transferTo(OutputStream.nullOutputStream());
        requireSame(expected, digest);
        if (rows != expected.rows()) {
            throw new DamagedFile(expected.name(), "has " + rows + " rows and should have " + expected.rows());
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
