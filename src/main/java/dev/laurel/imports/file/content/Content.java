package dev.laurel.imports.file.content;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of one table, expanded; can be read several times. */
public interface Content extends Closeable {
    /** A stream from the first byte on that fails with a {@link Refusal} beyond a limit. */
    InputStream open() throws IOException;

    /** How far the stream opened last has been read, in bytes of the uploaded file; for any thread. */
    long position();

    /** Bytes of the uploaded file. */
    long size();

    @Override
    void close();
}
