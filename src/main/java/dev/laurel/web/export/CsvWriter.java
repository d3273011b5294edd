package dev.laurel.web.export;

import static dev.laurel.shared.CsvCells.LINE_END;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes rows as lines of a text, the first of them its head. */
final class CsvWriter<T> implements RowWriter<T> {
    private final ExportTable<T> table;
    private boolean begun;

    CsvWriter(ExportTable<T> table) {
        this.table = table;
    }

    @Override
    public byte[] rows(List<T> rows) {
        String head = begun ? "" : line(List.copyOf(table.columns()));
        begun = true;
        return rows.stream()
                .map(row -> line(table.cells().apply(row)))
                .collect(Collectors.joining("", head, ""))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(List<Object> cells) {
        return cells.stream().map(Cells::csv).collect(Collectors.joining(",", "", LINE_END));
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }
}
