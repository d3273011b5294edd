package dev.laurel.imports.file.xlsx;

import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.content.Refusal;
import dev.laurel.imports.file.table.RowSource;
import dev.laurel.imports.file.table.TableFormat;
import dev.laurel.imports.file.table.TableRow;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The rows of one sheet of a workbook. */
public final class SheetRows implements RowSource {
    private static final String CONTENT_TYPES = "[Content_Types].xml";
    private static final String STYLES = "xl/styles.xml";
    private static final String BINARY = "xl/workbook.bin";
    private static final String OPEN_DOCUMENT = "META-INF/manifest.xml";

    private final ReadableWorkbook workbook;
    private final FileLimits limits;
    private final Sheet sheet;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final long total;
    private final long size;
    private volatile long read;

    private SheetRows(ReadableWorkbook workbook, Sheet sheet, FileLimits limits, Extent extent) throws IOException {
        this.workbook = workbook;
        this.limits = limits;
        this.sheet = sheet;
        this.stream = sheet.openStream();
        this.rows = stream.iterator();
        this.total = extent.rows();
        this.size = extent.bytes();
    }

    /** Rows of all sheets, and bytes of the file. */
    private record Extent(long rows, long bytes) {}

    /** Whether a zip archive is a workbook, or means to be one. */
    public static boolean isWorkbook(ZipFile zip) {
        return zip.getEntry(CONTENT_TYPES) != null || zip.getEntry(OPEN_DOCUMENT) != null;
    }

    /**
     * Checks the workbook as a whole, and opens a sheet.
     *
     * @param zip closed in any case
     * @param sheet null for the first one that is not hidden
     */
    public static SheetRows of(ZipFile zip, Path file, String sheet, FileLimits limits) throws IOException {
        Extent extent;
        boolean styled;
        try (zip) {
            requireKind(zip);
            styled = zip.getEntry(STYLES) != null;
            extent = new Extent(WorkbookCheck.rows(zip, limits), Files.size(file));
        }
        ReadableWorkbook workbook = null;
        try {
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(styled, true));
            return new SheetRows(workbook, chosen(workbook, sheet), limits, extent);
        } catch (InvalidInput e) {
            close(workbook);
            throw e;
        } catch (RuntimeException e) {
            close(workbook);
            throw WorkbookCheck.refusal(e);
        } catch (IOException e) {
            close(workbook);
            throw WorkbookCheck.refusal(new UncheckedIOException(e));
        }
    }

    private static void requireKind(ZipFile zip) {
        if (zip.getEntry(OPEN_DOCUMENT) != null) {
            throw Refusal.of("is an OpenDocument file; save it as an XLSX workbook");
        }
        if (zip.getEntry(BINARY) != null) {
            throw Refusal.of("is a binary workbook (XLSB); save it as an XLSX workbook");
        }
    }

    private static Sheet chosen(ReadableWorkbook workbook, String name) {
        if (name != null) {
            return workbook.findSheet(name)
                    .orElseThrow(() -> new InvalidInput("sheet", "is not a sheet of this workbook"));
        }
        return workbook.getSheets()
                .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                .findFirst()
                .orElseThrow(() -> Refusal.of("is a workbook without a sheet that is not hidden"));
    }

    @Override
    public TableRow next() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            Row row = rows.next();
            read = read + 1;
            return new TableRow(row.getRowNum(), cells(row));
        } catch (RuntimeException e) {
            throw WorkbookCheck.refusal(e);
        }
    }

    private List<String> cells(Row row) {
        int last = lastFilled(row);
        if (last > limits.columns()) {
            throw Refusal.tooLarge("row " + row.getRowNum() + " has", limits.columns(), "columns");
        }
        List<String> cells = new ArrayList<>(last);
        int length = 0;
        for (int i = 0; i < last; i++) {
            String text = CellText.of(row.getCell(i), workbook.isDate1904());
            length += text.length();
            cells.add(text);
        }
        if (length > limits.rowLength()) {
            throw Refusal.tooLarge("row " + row.getRowNum() + " has", limits.rowLength(), "characters");
        }
        return Collections.unmodifiableList(cells);
    }

    /** Cells that only have a colour or a border are no part of the table. */
    private static int lastFilled(Row row) {
        int last = row.getCellCount();
        while (last > 0
                && (row.getCell(last - 1) == null
                        || row.getCell(last - 1).getValue() == null
                                && row.getCell(last - 1).getFormula() == null)) {
            last--;
        }
        return last;
    }

    @Override
    public TableFormat format() {
        return TableFormat.xlsx(sheet.getName());
    }

    /** The share of the rows that have been read. */
    @Override
    public long position() {
        return total == 0 ? size : Math.min(size, (long) ((double) read / total * size));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        stream.close();
        close(workbook);
    }

    private static void close(ReadableWorkbook workbook) {
        try {
            if (workbook != null) {
                workbook.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
