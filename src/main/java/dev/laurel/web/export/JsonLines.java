package dev.laurel.web.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes each row as a JSON object on a line of its own. */
final class JsonLines<T> implements RowWriter<T> {
    private final ExportTable<T> table;
    private final ObjectMapper mapper;

    JsonLines(ExportTable<T> table, ObjectMapper mapper) {
        this.table = table;
        this.mapper = mapper;
    }

    @Override
    public byte[] rows(List<T> rows) {
        return rows.stream().map(this::line).collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
    }

    private String line(T row) {
        try {
            return mapper.writeValueAsString(table.json().apply(row)) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }
}
