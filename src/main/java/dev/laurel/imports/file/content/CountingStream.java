package dev.laurel.imports.file.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read through it. */
final class CountingStream extends FilterInputStream {
    private volatile long read;

    CountingStream(InputStream in) {
        super(in);
    }

    long count() {
        return read;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        if (one >= 0) {
            read = read + 1;
        }
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count > 0) {
            read = read + count;
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
