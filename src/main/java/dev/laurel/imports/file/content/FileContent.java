package dev.laurel.imports.file.content;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file that is a table, or a table compressed by gzip. */
public final class FileContent implements Content {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final boolean compressed;
    private final FileLimits limits;
    private final long size;
    private volatile CountingStream current;

    private FileContent(Path file, boolean compressed, FileLimits limits) throws IOException {
        this.file = file;
        this.compressed = compressed;
        this.limits = limits;
        this.size = Files.size(file);
    }

    public static Content plain(Path file, FileLimits limits) throws IOException {
        return new FileContent(file, false, limits);
    }

    public static Content gzip(Path file, FileLimits limits) throws IOException {
        return new FileContent(file, true, limits);
    }

    @Override
    public InputStream open() throws IOException {
        CountingStream raw = new CountingStream(Files.newInputStream(file));
        current = raw;
        return compressed ? new BoundedStream(expanded(raw), limits, raw::count) : raw;
    }

    private static InputStream expanded(CountingStream raw) throws IOException {
        try {
            return new GZIPInputStream(new BufferedInputStream(raw, BUFFER), BUFFER);
        } catch (IOException e) {
            raw.close();
            if (Refusal.isDamage(e)) {
                throw Refusal.damaged(e);
            }
            throw e;
        }
    }

    @Override
    public long position() {
        CountingStream stream = current;
        return stream == null ? 0 : stream.count();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        // Each stream is closed by its reader.
    }
}
