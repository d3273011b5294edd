package dev.laurel.imports.file;

import static dev.laurel.imports.file.SmallFiles.bytes;
import static dev.laurel.imports.file.SmallFiles.gzip;
import static dev.laurel.imports.file.SmallFiles.read;
import static dev.laurel.imports.file.SmallFiles.stored;
import static dev.laurel.imports.file.SmallFiles.workbook;
import static dev.laurel.imports.file.SmallFiles.workbookParts;
import static dev.laurel.imports.file.SmallFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.imports.file.table.Table;
import dev.laurel.imports.file.table.TableFormat;
import dev.laurel.imports.file.table.TableRow;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of every format become the same table. */
class TableFilesTest {
    private static final List<List<String>> SMALL =
            List.of(List.of("player", "kills"), List.of("ada", "12"), List.of("bob", "7"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "player,kills\nada,12\nbob,7\n",
                "player;kills\r\nada;12\r\nbob;7",
                "player\tkills\rada\t12\rbob\t7\r",
                "player|kills\nada|12\r\nbob|7\r",
                "\ufeffplayer,kills\nada,12\nbob,7\n",
                "\n\nplayer,kills\n\n\"ada\",\"12\"\n,\n bob ,\t7\n\n",
                "sep=;\nplayer;kills\nada;12\nbob;7\n",
                "player,kills,\nada,12,\nbob,7,,,\n",
                "player,\"\nkills \"\nada,12\nbob,7\n",
            })
    void aTextIsATable(String text) {
        assertThat(read(stored(folder, bytes(text)))).isEqualTo(SMALL);
    }

    @Test
    void cellsMayContainWhatDividesThem() {
        String text = "player;name;kills\r\n7;\"Ada; \"\"the first\"\"\r\nof many\";12\r\n8;Bob, Jr.;7\r\n";

        assertThat(read(stored(folder, bytes(text))))
                .containsExactly(
                        List.of("player", "name", "kills"),
                        List.of("7", "Ada; \"the first\"\r\nof many", "12"),
                        List.of("8", "Bob, Jr.", "7"));
    }

    @Test
    void rowsHaveTheNumbersOfTheirLines() {
        try (Table table = new TableFiles(SmallFiles.LIMITS)
                .open(stored(folder, bytes("player,name\n\nada,\"A\nda\"\n\nbob,Bob\ncut\n")))) {
            assertThat(SmallFiles.rows(table))
                    .extracting(TableRow::number, TableRow::fault)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(3L, null),
                            org.assertj.core.groups.Tuple.tuple(6L, null),
                            org.assertj.core.groups.Tuple.tuple(7L, "has 1 cells, and the header 2"));
            assertThat(table.position()).isEqualTo(table.size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, Zoë Žižek 龍 🏆",
        "UTF-16LE, Zoë Žižek 龍 🏆",
        "UTF-16BE, Zoë Žižek 龍 🏆",
        "windows-1252, Zoë Gänßlich – “été” à Málaga",
        "windows-1251, Сергей Иванов и Анастасия Петрова из Москвы",
        "Shift_JIS, さくらの花が咲きました 東京都の学生",
        "GB18030, 王小明和李小红是这个联盟的成员",
    })
    void encodingsAreDetected(String charset, String name) {
        // A text is recognized by what is typical of its language: one word is not enough.
        StringBuilder text = new StringBuilder(charset.startsWith("UTF-16") ? "\ufeff" : "").append("player,name\n");
        for (int i = 0; i < 20; i++) {
            text.append(i).append(',').append(name).append('\n');
        }
        Path file = stored(folder, text.toString().getBytes(Charset.forName(charset)));

        assertThat(read(file)).hasSize(21).contains(List.of("7", name));
        try (Table table = new TableFiles(SmallFiles.LIMITS).open(file)) {
            assertThat(table.format().encoding()).isEqualToIgnoringCase(charset);
        }
    }

    /** The only letter that shows the encoding is far behind everything that fits into a sample. */
    @Test
    void theLastRowMayBeTheFirstThatIsNotAscii() {
        StringBuilder text = new StringBuilder("player,name\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("p").append(i).append(",Somebody\n");
        }
        text.append("last,Zoë");

        assertThat(read(stored(folder, text.toString().getBytes(Charset.forName("windows-1252")))))
                .endsWith(List.of("last", "Zoë"));
        assertThat(read(stored(folder, bytes(text.toString())))).endsWith(List.of("last", "Zoë"));
    }

    @Test
    void aBrokenByteDoesNotChangeTheEncodingOfAll() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(bytes("player,name\n1,Zoë\n2,Žižek\n3,Br"));
        text.write(0xf6);
        text.writeBytes(bytes("ken\n4,龍\n5,Málaga\n"));

        assertThat(read(stored(folder, text.toByteArray())))
                .contains(List.of("1", "Zoë"), List.of("3", "Br\ufffdken"), List.of("5", "Málaga"));
    }

    @Test
    void compressedTextsAreRead() {
        byte[] text = bytes("player;kills\nada;12\nbob;7\n");

        assertThat(read(stored(folder, gzip(text)))).isEqualTo(SMALL);
        assertThat(read(stored(folder, zip("season 1/kills.csv", text)))).isEqualTo(SMALL);
        assertThat(read(stored(
                        folder, zip(Map.of("kills.csv", text, "__MACOSX/._kills.csv", text, ".DS_Store", text)))))
                .isEqualTo(SMALL);
    }

    @Test
    void aWorkbookIsATable() {
        String rows = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c>"
                + "<c r=\"D2\" t=\"inlineStr\"><is><t>when</t></is></c></row>"
                + "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><r><t>a</t></r><r><t>da</t></r></is></c>"
                + "<c r=\"C4\"><v>1.2345678E7</v></c><c r=\"D4\" s=\"1\"><v>45000</v></c></row>"
                + "<row r=\"5\"/>"
                + "<row r=\"7\"><c r=\"A7\" t=\"str\"><f>\"b\"&amp;\"ob\"</f><v>bob</v></c>"
                + "<c r=\"C7\"><f>0.1+0.2</f><v>0.30000000000000004</v></c><c r=\"D7\" s=\"2\"><v>45000.75</v></c></row>"
                + "<row r=\"8\"><c r=\"A8\" t=\"b\"><v>1</v></c><c r=\"C8\" s=\"3\"><v>0.125</v></c>"
                + "<c r=\"D8\" t=\"e\"><v>#N/A</v></c><c r=\"ZZ8\" s=\"1\"/></row>"
                + "<row r=\"9\"><c r=\"A9\"><v>123456789012345678</v></c><c r=\"C9\"><f>A1</f></c></row>";

        try (Table table = new TableFiles(SmallFiles.LIMITS).open(stored(folder, workbook(rows)))) {
            assertThat(table.format()).isEqualTo(TableFormat.xlsx("Season"));
            assertThat(table.headers()).containsExactly("player", "", "kills", "when");
            List<TableRow> read = SmallFiles.rows(table);
            assertThat(read).extracting(TableRow::number).containsExactly(4L, 7L, 8L, 9L);
            assertThat(read)
                    .extracting(TableRow::cells)
                    .containsExactly(
                            List.of("ada", "", "12345678", "2023-03-15"),
                            List.of("bob", "", "0.3", "2023-03-15T18:00"),
                            List.of("true", "", "12.5%", "#N/A"),
                            List.of("123456789012345678", "", "=A1", ""));
            assertThat(read).extracting(TableRow::fault).containsOnlyNulls();
        }
    }

    /** As a date, each would be computed with billions of digits. */
    @Test
    void numbersWithHugeExponentsAreTexts() {
        String rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
                + Stream.of("1E-400000000", "1E400000000", "9E-99999999")
                        .map(
                                "<row><c s=\"1\"><v>%1$s</v></c><c s=\"3\"><v>%1$s</v></c><c><v>%1$s</v></c></row>"
                                        ::formatted)
                        .collect(Collectors.joining());

        assertThat(read(stored(folder, workbook(rows)))).hasSize(4).contains(List.of("1E-400000000"));
    }

    @Test
    void aSheetIsChosenByItsName() {
        String rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\"><v>7</v></c></row>";
        Map<String, byte[]> parts = workbookParts("");
        parts.put(
                "xl/workbook.xml",
                bytes(
                        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                                + "<sheet name=\"Notes\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/>"
                                + "<sheet name=\"Second\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"));
        parts.put(
                "xl/_rels/workbook.xml.rels",
                bytes("<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
                        + "<Relationship Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"));
        parts.put("xl/worksheets/sheet2.xml", bytes("<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));
        Path file = stored(folder, zip(parts));
        TableFiles files = new TableFiles(SmallFiles.LIMITS);

        try (Table first = files.open(file);
                Table second = files.open(file, "Second")) {
            assertThat(first.next()).isEqualTo(second.next());
        }
        assertThatThrownBy(() -> files.open(file, "Third"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("sheet is not a sheet of this workbook");
        assertThatThrownBy(() -> files.open(stored(folder, bytes("player\nada\n")), "Second"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("sheet ");
    }

    @Test
    void rowsMayBeLookedAtBeforeTheyAreRead() {
        try (Table table =
                new TableFiles(SmallFiles.LIMITS).open(stored(folder, bytes("player,kills\nada,12\nbob,7\n")))) {
            assertThat(table.sample(1)).hasSize(1);
            assertThat(table.sample(5)).hasSize(2);
            assertThat(SmallFiles.rows(table)).extracting(TableRow::cells).isEqualTo(SMALL.subList(1, 3));
        }
    }

    /** Random tables, written by another hand, in every delimiter, line end and encoding, quoted or not. */
    @Test
    void whatIsWrittenIsRead() {
        Random random = new Random(18);
        for (int round = 0; round < 300; round++) {
            List<List<String>> wanted = randomTable(random);
            char delimiter = ",;\t|".charAt(random.nextInt(4));
            StringBuilder text = new StringBuilder();
            for (List<String> row : wanted) {
                List<String> cells = row.stream()
                        .map(cell -> random.nextBoolean() || cell.matches("(?s).*[,;\t|\"\r\n].*")
                                ? '"' + cell.replace("\"", "\"\"") + '"'
                                : cell)
                        .toList();
                text.append(String.join(String.valueOf(delimiter), cells))
                        .append(List.of("\n", "\r\n", "\r").get(random.nextInt(3)));
            }
            byte[] encoded = random.nextBoolean()
                    ? bytes(text.toString())
                    : ("\ufeff" + text)
                            .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);

            assertThat(read(stored(folder, random.nextBoolean() ? encoded : gzip(encoded))))
                    .as("round %s: %s", round, text)
                    .isEqualTo(wanted);
        }
    }

    private static List<List<String>> randomTable(Random random) {
        int columns = 2 + random.nextInt(12);
        List<List<String>> table = new ArrayList<>();
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            headers.add("column " + i);
        }
        table.add(headers);
        int rows = 1 + random.nextInt(30);
        for (int i = 0; i < rows; i++) {
            List<String> row = new ArrayList<>();
            row.add("player" + i);
            for (int j = 1; j < columns; j++) {
                row.add(randomCell(random));
            }
            table.add(row);
        }
        return table;
    }

    private static String randomCell(Random random) {
        List<String> pieces = List.of("a", "12", "ë", "龍", "🏆", "x y", "'", "-", "x,y", "x;y", "x|y", "x\"y", "x\ny");
        StringBuilder cell = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            cell.append(pieces.get(random.nextInt(pieces.size())));
        }
        return cell.toString();
    }
}
