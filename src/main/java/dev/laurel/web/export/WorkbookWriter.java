package dev.laurel.web.export;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes rows into a workbook. Only the rows of one piece are held: each piece is compressed and handed over, and texts
 * are stored in their cells, not in a list that would grow with the file.
 */
final class WorkbookWriter<T> implements RowWriter<T> {
    /** The least of nine: an event loop does it. */
    private static final int COMPRESSION = 1;

    private final ExportTable<T> table;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Workbook workbook = new Workbook(written, "Laurel", null);
    private Worksheet sheet;
    private int sheets;
    private int row;

    WorkbookWriter(ExportTable<T> table) {
        this.table = table;
        workbook.setCompressionLevel(COMPRESSION);
    }

    @Override
    public byte[] rows(List<T> rows) {
        try {
            if (sheet == null) {
                begin();
            }
            for (T one : rows) {
                if (row == Worksheet.MAX_ROWS) {
                    sheet.finish();
                    begin();
                }
                write(table.cells().apply(one));
            }
            sheet.flush();
            return taken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin() {
        sheets++;
        sheet = workbook.newWorksheet("Export" + (sheets == 1 ? "" : " " + sheets));
        row = 0;
        write(List.copyOf(table.columns()));
    }

    private void write(List<Object> cells) {
        for (int column = 0; column < cells.size(); column++) {
            Object cell = cells.get(column);
            if (cell instanceof Number number) {
                sheet.value(row, column, number);
            } else if (cell instanceof Boolean flag) {
                sheet.value(row, column, flag);
            } else if (cell != null) {
                sheet.inlineString(row, column, Cells.text(cell));
            }
        }
        row++;
    }

    private byte[] taken() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    @Override
    public byte[] end() {
        try {
            sheet.finish();
            workbook.finish();
            return taken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
