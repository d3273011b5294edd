package dev.laurel.imports.file.table;

import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.content.Refusal;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * A table that is read from a file row by row. One thread reads it, and is blocked meanwhile; any thread may ask how
 * far it is.
 */
public final class Table implements Closeable {
    private static final long LONGEST_SAMPLE = 1 << 20;

    private final RowSource source;
    private final FileLimits limits;
    private final List<String> headers;
    private final Deque<TableRow> ahead = new ArrayDeque<>();
    private long rows;

    private Table(RowSource source, FileLimits limits) throws IOException {
        this.source = source;
        this.limits = limits;
        TableRow head = nextFilled();
        if (head == null) {
            throw Refusal.of("is empty");
        }
        this.headers = Headers.of(head);
        if (!lookAhead()) {
            throw Refusal.of("contains nothing but a header");
        }
    }

    /**
     * Reads the header, and whether there is a row.
     *
     * @param source closed with the table, and when it is refused
     * @throws InvalidInput naming {@code file}
     */
    public static Table of(RowSource source, FileLimits limits) throws IOException {
        try {
            return new Table(source, limits);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** The names of the columns, each once; empty for a column without one. */
    public List<String> headers() {
        return headers;
    }

    public TableFormat format() {
        return source.format();
    }

    /**
     * The next row that has something in it; null at the end.
     *
     * @throws InvalidInput naming {@code file}, when it is damaged or a limit is reached
     * @throws UncheckedIOException when the disk fails
     */
    public TableRow next() {
        if (ahead.isEmpty() && !lookAhead()) {
            return null;
        }
        return ahead.remove();
    }

    /** The first of the rows that have not been returned yet: so many, or fewer if they are long. They stay the next ones. */
    public List<TableRow> sample(int count) {
        long length = 0;
        for (int i = 0; i < count && length < LONGEST_SAMPLE; i++) {
            if (i >= ahead.size() && !lookAhead()) {
                break;
            }
            length += ahead.getLast().cells().stream().mapToLong(String::length).sum();
        }
        return List.copyOf(ahead);
    }

    /** Reads one more row; returns whether there was one. */
    private boolean lookAhead() {
        try {
            TableRow row = nextFilled();
            if (row == null) {
                return false;
            }
            if (++rows > limits.rows()) {
                throw Refusal.tooLarge("has", limits.rows(), "rows");
            }
            ahead.add(fitted(row));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TableRow nextFilled() throws IOException {
        TableRow row = source.next();
        while (row != null && row.isBlank()) {
            row = source.next();
        }
        return row;
    }

    /** A row with one cell for each header. */
    private TableRow fitted(TableRow row) {
        List<String> cells = row.cells();
        int wanted = headers.size();
        if (cells.size() == wanted) {
            return row;
        }
        if (cells.size() > wanted) {
            boolean spare = cells.subList(wanted, cells.size()).stream().allMatch(String::isEmpty);
            return new TableRow(row.number(), cells.subList(0, wanted), spare ? null : fault(cells.size()));
        }
        List<String> padded = new ArrayList<>(cells);
        padded.addAll(Collections.nCopies(wanted - cells.size(), ""));
        // A spreadsheet stores no empty cells; in a text, missing ones mean that a row has been cut off.
        boolean sparse = source.format().kind() == TableFormat.Kind.XLSX;
        return new TableRow(row.number(), padded, sparse ? null : fault(cells.size()));
    }

    private String fault(int cells) {
        return "has " + cells + " cells, and the header " + headers.size();
    }

    /** How far the file has been read, in bytes; for any thread. */
    public long position() {
        return source.position();
    }

    /** Bytes of the file. */
    public long size() {
        return source.size();
    }

    @Override
    public void close() {
        source.close();
    }
}
