package dev.laurel.cli.service;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns that are as wide as they need to be. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A column of words. */
    public TextTable words(String title) {
        columns.add(new Column(title, false));
        return this;
    }

    /** A column of numbers. */
    public TextTable numbers(String title) {
        columns.add(new Column(title, true));
        return this;
    }

    /** Adds a row with a cell for each column. */
    public TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, columns.stream().map(Column::title).toList());
        rows.forEach(row -> {
            text.append('\n');
            line(text, row);
        });
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String space = " ".repeat(Math.max(0, width(i) - cell.length()));
            line.append(i == 0 ? "" : GAP).append(columns.get(i).right ? space + cell : cell + space);
        }
        text.append(line.toString().stripTrailing());
    }

    private int width(int column) {
        int widest = columns.get(column).title.length();
        for (List<String> row : rows) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }

    private record Column(String title, boolean right) {}
}
