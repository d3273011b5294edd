package dev.laurel.imports.file.table;

import java.io.Closeable;
import java.io.IOException;

/** The rows of a file of one format, the header among them, with as many cells as each happens to have. */
public interface RowSource extends Closeable {
    /** Null at the end. */
    TableRow next() throws IOException;

    TableFormat format();

    /** How far the file has been read, in bytes of the uploaded file; for any thread. */
    long position();

    /** Bytes of the uploaded file. */
    long size();

    @Override
    void close();
}
