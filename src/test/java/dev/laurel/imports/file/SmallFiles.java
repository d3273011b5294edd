package dev.laurel.imports.file;

import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.table.Table;
import dev.laurel.imports.file.table.TableRow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files for tests, and what is read from them. */
public final class SmallFiles {
    /** As the service has them by default. */
    public static final FileLimits LIMITS =
            new FileLimits(256L << 20, 1L << 30, 200, 2_000_000, 256, 32_767, 262_144, 64L << 20);

    private SmallFiles() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static Path stored(Path folder, byte[] content) {
        try {
            return Files.write(folder.resolve("upload"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Headers, then the cells of every row. */
    public static List<List<String>> read(Path file) {
        try (Table table = new TableFiles(LIMITS).open(file)) {
            List<List<String>> all = new ArrayList<>();
            all.add(table.headers());
            rows(table).forEach(row -> all.add(row.cells()));
            return all;
        }
    }

    public static List<TableRow> rows(Table table) {
        List<TableRow> rows = new ArrayList<>();
        TableRow row = table.next();
        while (row != null) {
            rows.add(row);
            row = table.next();
        }
        return rows;
    }

    public static byte[] gzip(byte[] content) {
        return written(out -> {
            try (OutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(content);
            }
        });
    }

    public static byte[] zip(Map<String, byte[]> entries) {
        return written(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                }
            }
        });
    }

    public static byte[] zip(String name, byte[] content) {
        return zip(Map.of(name, content));
    }

    /** A workbook with one sheet, of which the rows are given as XML. */
    public static byte[] workbook(String rows) {
        return zip(workbookParts(rows));
    }

    /** The parts of such a workbook, to be changed. */
    public static Map<String, byte[]> workbookParts(String rows) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
                        + "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                        + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/"
                        + "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                        + "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/"
                        + "vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>");
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                        + "<sheet name=\"Season\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\\-mm\\-dd hh:mm\"/></numFmts><cellXfs>"
                        + "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"9\"/>"
                        + "</cellXfs></styleSheet>");
        parts.put("xl/sharedStrings.xml", "<sst><si><t>player</t></si><si><t>kills</t></si></sst>");
        parts.put("xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        parts.forEach((name, xml) -> bytes.put(name, bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml)));
        return bytes;
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
