package dev.laurel.imports.file.mapping;

import dev.laurel.imports.file.mapping.ColumnMapping.Column;
import dev.laurel.imports.file.table.Table;
import dev.laurel.imports.file.table.TableRow;
import dev.laurel.shared.CsvCells;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.List;

/** Converts the rows of a table by a mapping. Every fault of a row is reported, and none ends the conversion. */
public final class RowMapper {
    /** Rows that show how the numbers of the table are written. */
    private static final int SAMPLE = 500;

    private static final char DAMAGED = '\ufffd';

    private final ColumnMapping mapping;
    private final BoardColumns board;
    private final NumberStyle numbers;

    private RowMapper(ColumnMapping mapping, BoardColumns board, NumberStyle numbers) {
        this.mapping = mapping;
        this.board = board;
        this.numbers = numbers;
    }

    /** For a table that has not been read yet: its first rows show how its numbers are written. */
    public static RowMapper of(Table table, ColumnMapping mapping, BoardColumns board) {
        return new RowMapper(mapping, board, style(table.sample(SAMPLE), mapping));
    }

    private static NumberStyle style(List<TableRow> sample, ColumnMapping mapping) {
        NumberStyle style = NumberStyle.AUTO;
        for (TableRow row : sample) {
            for (Column column : mapping.columns()) {
                boolean counts =
                        switch (column.target().kind()) {
                            case METRIC, PERIOD -> true;
                            default -> false;
                        };
                NumberStyle shown = counts ? NumberStyle.shownBy(row.cells().get(column.index())) : NumberStyle.AUTO;
                if (shown != NumberStyle.AUTO && style != NumberStyle.AUTO && shown != style) {
                    return NumberStyle.AUTO;
                }
                style = shown == NumberStyle.AUTO ? style : shown;
            }
        }
        return style;
    }

    /**
     * A converted row, or why it could not be converted.
     *
     * @param row null if there are errors
     */
    public record Mapped(MappedRow row, List<RowError> errors) {}

    /** Converts a row. */
    public Mapped map(TableRow row) {
        if (row.fault() != null) {
            return new Mapped(null, List.of(RowError.of(row.number(), row.fault())));
        }
        RowBuilder builder = new RowBuilder(row, mapping, board, numbers);
        for (Column column : mapping.columns()) {
            if (column.target().kind() != Target.Kind.IGNORED) {
                add(builder, column, row.cells().get(column.index()));
            }
        }
        return builder.build();
    }

    private static void add(RowBuilder builder, Column column, String cell) {
        if (cell.isEmpty()) {
            return;
        }
        if (cell.charAt(0) == '=') {
            builder.fault(column, "is a formula; save its value instead");
        } else if (cell.indexOf(DAMAGED) >= 0) {
            builder.fault(column, "has a damaged character: the file is not in the encoding it seems to be in");
        } else {
            try {
                builder.add(column, CsvCells.unescaped(cell));
            } catch (InvalidInput e) {
                builder.fault(column, e.errors().get(0).message());
            }
        }
    }
}
