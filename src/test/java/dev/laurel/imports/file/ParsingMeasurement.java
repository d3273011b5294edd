package dev.laurel.imports.file;

import dev.laurel.imports.file.mapping.BoardColumns;
import dev.laurel.imports.file.mapping.ColumnMapping;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.imports.file.mapping.RowMapper;
import dev.laurel.imports.file.table.Table;
import dev.laurel.imports.file.table.TableRow;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Measures how fast files of 13 columns are read and mapped: {@code benchmarks/parsing.sh} starts it. */
public final class ParsingMeasurement {
    private static final List<String> METRICS =
            IntStream.rangeClosed(1, 8).mapToObj(i -> "metric" + i).toList();

    private static final BoardColumns BOARD = new BoardColumns(METRICS, 0, ZoneOffset.UTC, Set.of());

    private ParsingMeasurement() {}

    /** A number of rows for a text, and one for a workbook. */
    public static void main(String[] args) throws IOException {
        Path text = text(Integer.parseInt(args[0]));
        Path workbook = workbook(Integer.parseInt(args[1]));
        try {
            System.out.println("| file | rows | seconds | rows a second | heap at most, MB |");
            System.out.println("|---|---:|---:|---:|---:|");
            for (int round = 1; round <= 3; round++) {
                measure("CSV, " + Files.size(text) / 1_000_000 + " MB, round " + round, text);
            }
            for (int round = 1; round <= 3; round++) {
                measure("XLSX, " + Files.size(workbook) / 1_000_000 + " MB, round " + round, workbook);
            }
        } finally {
            Files.delete(text);
            Files.delete(workbook);
        }
    }

    private static void measure(String name, Path file) {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        long rows = 0;
        try (Table table = new TableFiles(SmallFiles.LIMITS).open(file)) {
            RowMapper mapper =
                    RowMapper.of(table, ColumnMapping.of(table.headers(), Map.of(), ImportMode.SNAPSHOT, BOARD), BOARD);
            for (TableRow row = table.next(); row != null; row = table.next()) {
                if (!mapper.map(row).errors().isEmpty()) {
                    throw new IllegalStateException(
                            "Refused: " + mapper.map(row).errors());
                }
                rows++;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak =
                heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf("| %s | %d | %.2f | %.0f | %d |%n", name, rows, seconds, rows / seconds, peak >> 20);
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static List<String> headers() {
        List<String> headers = new ArrayList<>(List.of("Governor ID", "Governor", "Alliance", "Rank in alliance"));
        headers.addAll(METRICS);
        headers.add("Date");
        return headers;
    }

    private static List<Object> row(int number, Random random) {
        List<Object> row = new ArrayList<>(
                List.of((long) 10_000_000 + number, "Governor Zoë " + number, "TAG" + number % 50, "R" + number % 5));
        METRICS.forEach(metric -> row.add((long) random.nextInt(100_000_000)));
        row.add("2026-11-%02dT12:00:00Z".formatted(1 + number % 28));
        return row;
    }

    private static Path text(int rows) throws IOException {
        Path file = Files.createTempFile("parsing", ".csv");
        Random random = new Random(1);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(String.join(",", headers()) + "\r\n");
            for (int i = 0; i < rows; i++) {
                writer.write(String.join(
                                ",",
                                row(i, random).stream().map(Object::toString).toList())
                        + "\r\n");
            }
        }
        return file;
    }

    private static Path workbook(int rows) throws IOException {
        Path file = Files.createTempFile("parsing", ".xlsx");
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Laurel", null)) {
            Worksheet sheet = workbook.newWorksheet("Season");
            write(sheet, 0, List.copyOf(headers()));
            for (int i = 1; i <= rows; i++) {
                write(sheet, i, row(i, random));
                if (i % 1_000 == 0) {
                    sheet.flush();
                }
            }
        }
        return file;
    }

    /** Texts are shared, as spreadsheets store them. */
    private static void write(Worksheet sheet, int row, List<Object> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i) instanceof Number number) {
                sheet.value(row, i, number);
            } else {
                sheet.value(row, i, cells.get(i).toString());
            }
        }
    }
}
