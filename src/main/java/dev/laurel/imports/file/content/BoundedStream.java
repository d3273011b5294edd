package dev.laurel.imports.file.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Expanded bytes, counted and limited: what expands too far is a bomb. */
public final class BoundedStream extends FilterInputStream {
    private final FileLimits limits;
    private final LongSupplier compressed;
    private volatile long read;

    /** @param compressed how many bytes have been expanded so far */
    public BoundedStream(InputStream expanded, FileLimits limits, LongSupplier compressed) {
        super(expanded);
        this.limits = limits;
        this.compressed = compressed;
    }

    public long count() {
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                add(count);
            }
            return count;
        } catch (IOException e) {
            if (Refusal.isDamage(e)) {
                throw Refusal.damaged(e);
            }
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("Every byte of an uploaded file is read");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void add(int more) {
        long total = read + more;
        read = total;
        if (total > limits.expandedBytes()) {
            throw Refusal.tooLarge("expands to", limits.expandedBytes(), "bytes");
        }
        if (total > FileLimits.FREE_EXPANSION && total / limits.expansion() > compressed.getAsLong()) {
            throw Refusal.tooLarge("expands to", limits.expansion(), "times its size");
        }
    }
}
