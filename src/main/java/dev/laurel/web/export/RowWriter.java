package dev.laurel.web.export;

import java.util.List;

/** Writes the rows of one file, piece by piece. */
public interface RowWriter<T> {
    /** What the file has grown by with these rows; the first time, also its beginning. */
    byte[] rows(List<T> rows);

    /** What follows the last row. */
    byte[] end();
}
