package dev.laurel.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** A compressed CSV file among the test resources; quoted fields stay on one line. */
final class CsvResource {

    private CsvResource() {}

    /** All rows of a file under {@code data/}, each by column name. */
    static List<Map<String, String>> rows(String file) {
        try (InputStream compressed = Objects.requireNonNull(CsvResource.class.getResourceAsStream("/data/" + file));
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(compressed), StandardCharsets.UTF_8))) {
            List<String> columns = fields(lines.readLine());
            return lines.lines().map(line -> row(columns, fields(line))).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        }
    }

    private static Map<String, String> row(List<String> columns, List<String> fields) {
        if (columns.size() != fields.size()) {
            throw new IllegalStateException("expected " + columns + " but found " + fields);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int column = 0; column < columns.size(); column++) {
            row.put(columns.get(column), fields.get(column));
        }
        return row;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char next = line.charAt(at);
            if (next == '"' && quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                field.append('"');
                at++;
            } else if (next == '"') {
                quoted = !quoted;
            } else if (next == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(next);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
