package dev.laurel.imports.file.text;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.laurel.imports.file.content.Content;
import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.content.Refusal;
import dev.laurel.imports.file.table.RowSource;
import dev.laurel.imports.file.table.TableFormat;
import dev.laurel.imports.file.table.TableRow;
import dev.laurel.shared.LaurelException;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;

/** The rows of a text, whatever its encoding, delimiter and line ends. */
public final class TextRows implements RowSource {
    /** Characters that show what the delimiter is. */
    private static final int START = 1 << 16;

    private final Content content;
    private final FileLimits limits;
    private final TableFormat format;
    private final CsvReader<TableRow> reader;
    private final CloseableIterator<TableRow> rows;
    private final int skippedLines;
    private long line;

    private TextRows(Content content, FileLimits limits, TextEncoding encoding) throws IOException {
        this.content = content;
        this.limits = limits;
        String start = start(content, encoding);
        char declared = Delimiter.declared(start);
        char delimiter = declared == 0 ? Delimiter.in(start) : declared;
        this.skippedLines = declared == 0 ? 0 : 1;
        this.format = TableFormat.csv(encoding.charset().name(), delimiter);
        this.reader = parser(delimiter, limits).build(new CellHandler(limits), characters(content, encoding));
        this.rows = reader.iterator();
    }

    @SuppressWarnings("removal") // A text after a closing quote must not end the whole file.
    private static CsvReader.CsvReaderBuilder parser(char delimiter, FileLimits limits) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .maxBufferSize(2 * limits.cellLength() + START);
    }

    /**
     * Reads the text once to find its encoding, and again for its rows.
     *
     * @param content closed with the rows, and when it is refused
     */
    public static TextRows of(Content content, FileLimits limits) throws IOException {
        try {
            return new TextRows(content, limits, EncodingSurvey.of(content));
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    private static String start(Content content, TextEncoding encoding) throws IOException {
        try (Reader characters = characters(content, encoding)) {
            char[] start = new char[START];
            int length = 0;
            int count = characters.read(start, 0, START);
            while (count > 0) {
                length += count;
                count = characters.read(start, length, START - length);
            }
            return new String(start, 0, length);
        }
    }

    /** What is not valid becomes a replacement character, which the rules for cells refuse. */
    private static Reader characters(Content content, TextEncoding encoding) throws IOException {
        InputStream in = content.open();
        in.readNBytes(encoding.mark());
        return new InputStreamReader(
                in,
                encoding.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
    }

    @Override
    public TableRow next() throws IOException {
        TableRow row = parsed();
        if (row != null && skippedLines > 0 && row.number() <= skippedLines) {
            row = parsed();
        }
        return row;
    }

    private TableRow parsed() throws IOException {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            TableRow row = rows.next();
            line = row.number();
            return row;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw refusal(e);
        }
    }

    private RuntimeException refusal(CsvParseException failure) {
        if (failure.getCause() instanceof LaurelException refusal) {
            return refusal;
        }
        // The parser has given up at a cell that fills its buffer, or that began with a quote and did not end.
        return content.position() < content.size()
                ? CellHandler.tooLong(line + 1, limits)
                : Refusal.of(
                        "ends within quotes that begin after line %s: it is truncated, or a quote is missing", line);
    }

    @Override
    public TableFormat format() {
        return format;
    }

    @Override
    public long position() {
        return content.position();
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            content.close();
        }
    }
}
