package dev.laurel.imports.file.xlsx;

import dev.laurel.imports.file.content.Refusal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses XML with a tag or a text so long that a parser would need much memory for it. */
final class ShortTokens extends FilterInputStream {
    /** Bytes of the longest text of a cell, each character written as a number. */
    private static final int LONGEST = 1 << 19;

    private int length;

    ShortTokens(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        int count = in.read(buffer, offset, size);
        for (int i = offset; i < offset + count; i++) {
            length = buffer[i] == '<' ? 0 : length + 1;
            if (length > LONGEST) {
                throw Refusal.of("has a cell with too much text");
            }
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
