package dev.laurel.imports.file.content;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** The only table in a zip archive. */
public final class ZipContent implements Content {
    private final ZipFile zip;
    private final ZipArchiveEntry entry;
    private final FileLimits limits;
    private final long size;
    private volatile BoundedStream current;

    private ZipContent(ZipFile zip, ZipArchiveEntry entry, FileLimits limits, long size) {
        this.zip = zip;
        this.entry = entry;
        this.limits = limits;
        this.size = size;
    }

    /** @param zip closed with the content, and when it is refused */
    public static Content of(ZipFile zip, Path file, FileLimits limits) throws IOException {
        try {
            return new ZipContent(zip, onlyTable(zip), limits, Files.size(file));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipArchiveEntry onlyTable(ZipFile zip) {
        List<ZipArchiveEntry> tables = Collections.list(zip.getEntries()).stream()
                .peek(ZipContent::requireInside)
                .filter(entry -> !entry.isDirectory() && !isByTheSystem(entry.getName()))
                .toList();
        if (tables.size() != 1) {
            throw Refusal.of("must contain exactly one table; it contains %s files", tables.size());
        }
        ZipArchiveEntry entry = tables.get(0);
        ZipEntries.requireReadable(entry);
        return entry;
    }

    /** Nothing is ever stored under the name of an entry; but an archive with such names was made to do harm. */
    private static void requireInside(ZipArchiveEntry entry) {
        String name = entry.getName().replace('\\', '/');
        if (name.startsWith("/")
                || name.matches("[A-Za-z]:.*")
                || List.of(name.split("/")).contains("..")) {
            throw Refusal.of("contains an entry whose name leads out of the archive");
        }
    }

    private static boolean isByTheSystem(String name) {
        return name.startsWith("__MACOSX/")
                || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
    }

    @Override
    public InputStream open() throws IOException {
        BoundedStream stream = ZipEntries.open(zip, entry, limits);
        current = stream;
        return stream;
    }

    /** The share of the entry that has been expanded. */
    @Override
    public long position() {
        BoundedStream stream = current;
        if (stream == null || entry.getSize() <= 0) {
            return 0;
        }
        return Math.min(size, (long) ((double) stream.count() / entry.getSize() * size));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
