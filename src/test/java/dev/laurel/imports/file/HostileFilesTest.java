package dev.laurel.imports.file;

import static dev.laurel.imports.file.SmallFiles.bytes;
import static dev.laurel.imports.file.SmallFiles.gzip;
import static dev.laurel.imports.file.SmallFiles.stored;
import static dev.laurel.imports.file.SmallFiles.workbook;
import static dev.laurel.imports.file.SmallFiles.workbookParts;
import static dev.laurel.imports.file.SmallFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.table.Table;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Files made to do harm, or by accident: each is refused with its reason, and none costs much memory. */
class HostileFilesTest {
    private static final String HEAD = "player,kills\n";

    /** Bytes that a thread may allocate to read a file: a bomb would need a thousand times as much. */
    private static final long FLAT = 400L << 20;

    @TempDir
    Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                file("nothing", () -> new byte[0], "is empty"),
                file("blank lines", () -> bytes("\n\r\n , \n"), "is empty"),
                file("a header alone", () -> bytes(HEAD), "nothing but a header"),
                file("a program", () -> random(5_000), "control characters"),
                file(
                        "a picture named .csv",
                        () -> concat(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, random(500)),
                        "picture"),
                file("an old workbook", HostileFilesTest::oldWorkbook, "XLSX"),
                file("a document", () -> bytes("%PDF-1.7\n"), "PDF"),
                file("a null in a header", () -> bytes("na\u0000me,kills\na,1\n"), "contains control characters"),
                file("a header without end", () -> bytes("player," + "k".repeat(5_000) + "\na,1\n"), "100 characters"),
                file(
                        "the same header twice",
                        () -> bytes("player,Kills,x,kills\na,1,2,3\n"),
                        "two columns named kills: B and D"),
                file("a million columns", () -> bytes("player" + ",c".repeat(1_000_000) + "\n"), "256 columns"),
                file("a million cells in a row", () -> bytes(HEAD + "a,1\nb" + ",2".repeat(1_000_000)), "256 columns"),
                file(
                        "10 MB in a cell",
                        () -> bytes(HEAD + "a,1\nb," + "9".repeat(10_000_000) + "\nc,1\n"),
                        "32,767 characters"),
                file(
                        "10 MB in quotes",
                        () -> bytes(HEAD + "a,\"" + "9\n".repeat(5_000_000) + "\"\nc,1\n"),
                        "32,767 characters"),
                file("a quote that does not end", () -> bytes(HEAD + "a,1\nb,\"2\nc,3\n"), "quote is missing"),
                file("many long cells", HostileFilesTest::longRow, "262,144 characters"),
                file("gzip garbage", () -> concat(new byte[] {0x1f, (byte) 0x8b}, random(500)), "damaged"),
                file("gzip, garbage inside", HostileFilesTest::brokenGzip, "damaged"),
                file("gzip cut off", () -> Arrays.copyOf(gzip(rows(5_000)), 5_000), "truncated"),
                file("gzip bomb", () -> gzip(bomb()), "200 times"),
                file("gzip in gzip", () -> gzip(gzip(rows(10))), "another compressed file"),
                file("zip bomb", () -> zip("a.csv", bomb()), "200 times"),
                file("zip cut off", () -> Arrays.copyOf(zip("a.csv", rows(5_000)), 5_000), "truncated"),
                file("zip garbage", () -> concat(bytes("PK\u0003\u0004"), random(500)), "truncated"),
                file(
                        "zip without files",
                        () -> zip(Map.of("a/", new byte[0])),
                        "exactly one table; it contains 0 files"),
                file("zip with two tables", () -> zip(Map.of("a.csv", rows(1), "b.csv", rows(1))), "contains 2 files"),
                file("zip with ten thousand files", HostileFilesTest::manyEntries, "too many entries"),
                file("zip in zip", () -> zip("a.zip", zip("a.csv", rows(1))), "another compressed file"),
                file(
                        "a workbook in a zip",
                        () -> zip("a.xlsx", workbook(row(1, "<v>1</v>"))),
                        "another compressed file"),
                file("zip that leads out", () -> zip("../../etc/cron.d/a.csv", rows(1)), "leads out of the archive"),
                file("zip that leads to a drive", () -> zip("C:\\a.csv", rows(1)), "leads out of the archive"));
    }

    static Stream<Arguments> workbooks() {
        return Stream.of(
                part("without a sheet", "xl/workbook.xml", "<workbook><sheets/></workbook>", "without a sheet"),
                part("no XML", "xl/worksheets/sheet1.xml", "player,kills", "not valid XML"),
                part("XML cut off", "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\">", "not valid XML"),
                part(
                        "an external entity",
                        "xl/sharedStrings.xml",
                        "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sst><si><t>&x;</t></si></sst>",
                        "declares entities"),
                part(
                        "an external entity in the sheet",
                        "xl/worksheets/sheet1.xml",
                        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><worksheet><sheetData/></worksheet>",
                        "declares entities"),
                part("a billion laughs", "xl/workbook.xml", laughs(), "declares entities"),
                part("an entity nobody declares", "xl/sharedStrings.xml", "<sst><si><t>&x;</t></si></sst>", "a"),
                part("elements without end", "xl/styles.xml", "<a>".repeat(100_000), "nested too deeply"),
                part("elements of all names", "xl/styles.xml", "<a>" + names() + "</a>", "too many kinds of elements"),
                part(
                        "a long text",
                        "xl/sharedStrings.xml",
                        "<sst><si><t>" + "a".repeat(40_000) + "</t></si></sst>",
                        "32,767 characters"),
                part(
                        "10 MB in a cell",
                        "xl/sharedStrings.xml",
                        "<sst><si><t>" + "a".repeat(10_000_000) + "</t></si></sst>",
                        "too much text"),
                part(
                        "10 MB in an attribute",
                        "xl/styles.xml",
                        "<a b=\"" + "c".repeat(10_000_000) + "\"/>",
                        "too much text"),
                part("texts for ever", "xl/sharedStrings.xml", manyTexts(), "bytes of memory"),
                sheet("a cell far to the right", row(1, "<v>1</v>").replace("B1", "ZZZZZZ1"), "16,384 columns"),
                sheet("a cell in column XFD", row(1, "<v>1</v>").replace("B1", "XFD1"), "256 columns"),
                sheet("a cell nowhere", row(1, "<v>1</v>").replace("B1", "?!"), "cannot be read"),
                sheet(
                        "a very long number",
                        row(1, "<v>" + "9".repeat(30_000) + "</v>"),
                        "number of more than 64 digits"),
                sheet("array formulas", row(1, "<f t=\"array\" ref=\"A1\">1</f>".repeat(600)), "array formulas"),
                sheet("a header alone", row(1, "<v>1</v>"), "nothing but a header"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"files", "workbooks"})
    void isRefusedWithItsReason(String name, Supplier<byte[]> content, String reason) {
        Path file = stored(folder, content.get());
        TableFiles files = new TableFiles(SmallFiles.LIMITS);
        long before = allocated();

        assertThatThrownBy(() -> readAll(files, file))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.errors()).singleElement().satisfies(error -> {
                            assertThat(error.field()).isEqualTo("file");
                            assertThat(error.message()).contains(reason).hasSizeLessThan(250);
                        }));
        assertThat(allocated() - before).isLessThan(FLAT);
    }

    static Stream<Arguments> limits() {
        FileLimits usual = SmallFiles.LIMITS;
        return Stream.of(
                arguments(
                        "bytes",
                        new FileLimits(20, usual.expandedBytes(), 200, 9, 9, 9, 99, 99),
                        "has more than 20 bytes"),
                arguments(
                        "rows",
                        new FileLimits(99, usual.expandedBytes(), 200, 1, 9, 9, 99, 99),
                        "has more than 1 rows"),
                arguments(
                        "columns",
                        new FileLimits(99, usual.expandedBytes(), 200, 9, 1, 9, 99, 99),
                        "has more than 1 columns"),
                arguments(
                        "cell",
                        new FileLimits(99, usual.expandedBytes(), 200, 9, 9, 5, 99, 99),
                        "more than 5 characters"),
                arguments(
                        "row",
                        new FileLimits(99, usual.expandedBytes(), 200, 9, 9, 9, 9, 99),
                        "more than 9 characters"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void everyLimitIsNamed(String name, FileLimits limits, String reason) {
        Path file = stored(folder, bytes(HEAD + "ada,12\nbob,7\n"));

        assertThatThrownBy(() -> readAll(new TableFiles(limits), file))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("file ")
                .hasMessageContaining(reason);
    }

    private static void readAll(TableFiles files, Path file) {
        try (Table table = files.open(file)) {
            while (table.next() != null) {
                // to the end
            }
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static Arguments file(String name, Supplier<byte[]> content, String reason) {
        return arguments(name, content, reason);
    }

    private static Arguments part(String name, String part, String xml, String reason) {
        Supplier<byte[]> content = () -> {
            Map<String, byte[]> parts = workbookParts(row(1, "<v>1</v>") + row(2, "<v>2</v>"));
            parts.put(part, bytes(xml));
            return zip(parts);
        };
        return arguments("a workbook: " + name, content, reason);
    }

    private static Arguments sheet(String name, String rows, String reason) {
        return arguments("a workbook: " + name, (Supplier<byte[]>) () -> workbook(rows), reason);
    }

    private static String row(int number, String value) {
        return "<row r=\"%1$s\"><c r=\"A%1$s\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B%1$s\">%2$s</c></row>"
                .formatted(number, value);
    }

    private static byte[] rows(int count) {
        StringBuilder text = new StringBuilder(HEAD);
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            text.append("player")
                    .append(i)
                    .append(',')
                    .append(random.nextInt(1_000_000))
                    .append('\n');
        }
        return bytes(text.toString());
    }

    private static byte[] longRow() {
        return bytes("p,b,c,d,e,f,g,h,i,j,k\na" + ("," + "x".repeat(30_000)).repeat(10) + "\n");
    }

    private static byte[] bomb() {
        byte[] bomb = new byte[64 << 20];
        Arrays.fill(bomb, (byte) 'a');
        return bomb;
    }

    private static String manyTexts() {
        StringBuilder texts = new StringBuilder("<sst>");
        Random random = new Random(4);
        for (int i = 0; i < 1_200_000; i++) {
            texts.append("<si><t>").append(random.nextInt()).append("</t></si>");
        }
        return texts.append("</sst>").toString();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] oldWorkbook() {
        byte[] start = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1};
        return concat(start, random(500));
    }

    private static byte[] brokenGzip() {
        byte[] gzip = gzip(rows(5_000));
        System.arraycopy(random(200), 0, gzip, 2_000, 200);
        return gzip;
    }

    private static byte[] manyEntries() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            entries.put("file" + i + ".csv", new byte[0]);
        }
        return zip(entries);
    }

    private static String laughs() {
        StringBuilder dtd = new StringBuilder("<!DOCTYPE workbook [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            dtd.append("<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
        }
        return dtd + "]><workbook>&a29;</workbook>";
    }

    private static String names() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            names.append("<n").append(i).append("/>");
        }
        return names.toString();
    }
}
