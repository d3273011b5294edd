package dev.laurel.web.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.shared.LaurelException.InvalidInput;

/** The formats of exported files. */
public enum ExportFormat {
    CSV("csv", ExportFormat.CSV_TYPE + ";charset=UTF-8"),
    NDJSON("ndjson", ExportFormat.NDJSON_TYPE),
    XLSX("xlsx", ExportFormat.XLSX_TYPE);

    public static final String CSV_TYPE = "text/csv";
    public static final String NDJSON_TYPE = "application/x-ndjson";
    public static final String XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final String word;
    private final String contentType;

    ExportFormat(String word, String contentType) {
        this.word = word;
        this.contentType = contentType;
    }

    /**
     * The format of that name.
     *
     * @param word null for the default
     * @throws InvalidInput when there is none
     */
    public static ExportFormat named(String word) {
        if (word == null) {
            return CSV;
        }
        for (ExportFormat format : values()) {
            if (format.word.equals(word)) {
                return format;
            }
        }
        throw new InvalidInput("format", "must be csv, ndjson or xlsx");
    }

    /** For one file; lines of JSON are the objects of the rows, the others are tables. */
    public <T> RowWriter<T> writer(ExportTable<T> table, ObjectMapper mapper) {
        return switch (this) {
            case CSV -> new CsvWriter<>(table);
            case NDJSON -> new JsonLines<>(table, mapper);
            case XLSX -> new WorkbookWriter<>(table);
        };
    }

    String contentType() {
        return contentType;
    }

    String word() {
        return word;
    }
}
