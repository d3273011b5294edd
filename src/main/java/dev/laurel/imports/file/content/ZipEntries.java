package dev.laurel.imports.file.content;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;

/** Entries of zip archives, read within the limits. */
public final class ZipEntries {
    private ZipEntries() {}

    /** The archive; the caller closes it. */
    public static ZipFile open(Path file) throws IOException {
        ZipEnd.check(file);
        try {
            return ZipFile.builder().setPath(file).get();
        } catch (IOException | RuntimeException e) {
            throw Refusal.of("is a damaged or truncated zip archive");
        }
    }

    public static BoundedStream open(ZipFile zip, ZipArchiveEntry entry, FileLimits limits) throws IOException {
        requireReadable(entry);
        long compressed = entry.getCompressedSize();
        return new BoundedStream(zip.getInputStream(entry), limits, () -> compressed);
    }

    static void requireReadable(ZipArchiveEntry entry) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw Refusal.of("is protected by a password");
        }
        if (entry.getMethod() != ZipEntry.DEFLATED && entry.getMethod() != ZipEntry.STORED) {
            throw Refusal.of("is compressed by an unusual method; only the usual one of zip archives is supported");
        }
    }
}
