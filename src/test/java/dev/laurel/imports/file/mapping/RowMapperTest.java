package dev.laurel.imports.file.mapping;

import static dev.laurel.imports.file.SmallFiles.bytes;
import static dev.laurel.imports.file.SmallFiles.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.imports.file.SmallFiles;
import dev.laurel.imports.file.TableFiles;
import dev.laurel.imports.file.mapping.MappedRow.PlayerColumns;
import dev.laurel.imports.file.mapping.RowMapper.Mapped;
import dev.laurel.imports.file.table.Table;
import dev.laurel.imports.file.table.TableRow;
import dev.laurel.shared.Activity;
import dev.laurel.shared.Period;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows become values of a board, or errors that say what is wrong where. */
class RowMapperTest {
    private static final BoardColumns BOARD = new BoardColumns(
            List.of("power", "kills"),
            1,
            ZoneId.of("Europe/Berlin"),
            Set.of(Period.DAILY, Period.ALL_TIME, Period.SEASON));

    @TempDir
    Path folder;

    @Test
    void everyColumnIsConverted() {
        Mapped mapped = mapped(
                        "player;name;username;avatar;power;kills;date;event id;tags;activity;outcome;duration;Team;Level;vip\n"
                                + "ada;Ada;a1;https://example.org/a.png;1.234.567,5;7;2026-07-01;e1;a, b;quiz;failed;PT1M;Red;12;TRUE\n")
                .get(0);

        assertThat(mapped.errors()).isEmpty();
        assertThat(mapped.row())
                .isEqualTo(new MappedRow(
                        2,
                        "ada",
                        List.of(12_345_675L, 70L),
                        Map.of(),
                        Instant.parse("2026-06-30T22:00:00Z"),
                        "e1",
                        new PlayerColumns(
                                "Ada",
                                "a1",
                                "https://example.org/a.png",
                                Map.of("Team", "Red", "Level", 12L, "vip", true)),
                        new Activity("quiz", List.of("a", "b"), Activity.Outcome.FAILED, 60_000L)));
    }

    @Test
    void whatIsMissingIsNull() {
        Mapped mapped = mapped("player,power,kills,name\nada,,7,\n").get(0);

        assertThat(mapped.row().metrics()).isEqualTo(Arrays.asList(null, 70L));
        assertThat(mapped.row().player()).isSameAs(PlayerColumns.NONE);
        assertThat(mapped.row().activity()).isSameAs(Activity.NONE);
    }

    @Test
    void scoresOfPeriodsAreConverted() {
        List<Mapped> mapped = mapped("player,daily,total,season\nada,1,2.5,\n", ImportMode.STANDINGS);

        assertThat(mapped.get(0).row().scores()).isEqualTo(Map.of(Period.DAILY, 10L, Period.ALL_TIME, 25L));
    }

    /** One comma is ambiguous; the rows after it show what it is. */
    @Test
    void theTableShowsHowItsNumbersAreWritten() {
        assertThat(mapped("player;power\nada;987,654\nbob;1,234,567\n"))
                .extracting(mapped -> mapped.row().metrics().get(0))
                .containsExactly(9_876_540L, 12_345_670L);
        assertThat(mapped("player;power\nada;1,5\nbob;987.654\n"))
                .extracting(mapped -> mapped.row().metrics().get(0))
                .containsExactly(15L, 9_876_540L);
        assertThat(mapped("player;power\nada;987,654\n").get(0).errors())
                .extracting(RowError::reason)
                .singleElement()
                .asString()
                .startsWith("is ambiguous");
    }

    @Test
    void everyFaultOfARowIsReported() {
        List<Mapped> mapped = mapped("""
                player,name,power,kills,avatar,Team
                ada,Ada,1,2,,
                ,Bob,1,2,,
                bob,Bob,x,50%,,
                eve,Eve,1
                "=1+1",Eve,,,,
                dan,,1,,ftp://x,=A1
                fay,Fay,,,,
                'eve\u0000,\u0007,1.25,,,
                '=1+1,Formula,1,,,'@red
                gus,G\ufffds,1,,,
                """);

        assertThat(mapped.stream().map(Mapped::errors).flatMap(List::stream))
                .extracting(RowError::row, RowError::column, RowError::value, RowError::reason)
                .containsExactly(
                        Tuple.tuple(3L, "player", "", "is missing"),
                        Tuple.tuple(4L, "power", "x", "must be a number"),
                        Tuple.tuple(4L, "kills", "50%", "is a percentage; write it as a number"),
                        Tuple.tuple(5L, null, null, "has 3 cells, and the header 6"),
                        Tuple.tuple(6L, "player", "=1+1", "is a formula; save its value instead"),
                        Tuple.tuple(7L, "Team", "=A1", "is a formula; save its value instead"),
                        Tuple.tuple(
                                7L,
                                "avatar",
                                "ftp://x",
                                "must be an address of http or https with at most 2048 characters"),
                        Tuple.tuple(8L, null, null, "has no value"),
                        Tuple.tuple(
                                9L,
                                "player",
                                "'eve\ufffd",
                                "must be letters, digits, marks, punctuation, symbols and single spaces; it has U+0000"),
                        Tuple.tuple(9L, "power", "1.25", "must have at most 1 decimals"),
                        Tuple.tuple(9L, "name", "\ufffd", "must be 1 to 80 characters of text"),
                        Tuple.tuple(
                                11L,
                                "name",
                                "G\ufffds",
                                "has a damaged character: the file is not in the encoding it seems to be in"));
        assertThat(mapped.stream().filter(one -> one.row() != null))
                .extracting(one -> one.row().playerId())
                .containsExactly("ada", "=1+1");
        assertThat(mapped.get(8).row().player().attributes()).isEqualTo(Map.of("Team", "@red"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01, 2026-06-30T22:00:00Z",
        "2026-07-01 12:30, 2026-07-01T10:30:00Z",
        "2026-07-01T12:30:15.250, 2026-07-01T10:30:15.250Z",
        "2026-07-01T12:30Z, 2026-07-01T12:30:00Z",
        "2026-07-01 12:30:00+05:30, 2026-07-01T07:00:00Z",
        "2026-07-01T12:30:00-04:00, 2026-07-01T16:30:00Z",
        "1782908400, 2026-07-01T12:20:00Z",
        "1782908400.5, 2026-07-01T12:20:00.500Z",
        "1782908400250, 2026-07-01T12:20:00.250Z",
        "46204, 2026-06-30T22:00:00Z",
        "46204.5, 2026-07-01T10:00:00Z",
        "1903, 1902-12-31T23:00:00Z",
    })
    void instantsAreRead(String text, Instant instant) {
        assertThat(InstantText.parse(text, BOARD.zone())).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "01/07/2026",
        "01.07.2026",
        "2026-13-01",
        "yesterday",
        "12",
        "5000000",
        "-46204",
        "99999999999999",
        "2026-07-01T25:00"
    })
    void otherInstantsAreRefused(String text) {
        List<Mapped> mapped = mapped("player,power,date\nada,1," + text + "\n");

        assertThat(mapped.get(0).errors()).singleElement().satisfies(error -> assertThat(error.reason())
                .startsWith("must be a date or time in ISO 8601"));
    }

    @Test
    void errorsAreShortAndStorable() {
        RowError error = new RowError(7, "x".repeat(200), "+\n\ud83d" + "x".repeat(200), "must be a number");

        assertThat(error.column()).hasSize(101).endsWith("…");
        assertThat(error.value()).isEqualTo("+\ufffd\ufffd" + "x".repeat(97) + "…");
    }

    private List<Mapped> mapped(String text) {
        return mapped(text, ImportMode.EVENTS);
    }

    private List<Mapped> mapped(String text, ImportMode mode) {
        try (Table table = new TableFiles(SmallFiles.LIMITS).open(stored(folder, bytes(text)))) {
            RowMapper mapper = RowMapper.of(table, ColumnMapping.of(table.headers(), Map.of(), mode, BOARD), BOARD);
            List<Mapped> mapped = new ArrayList<>();
            for (TableRow row : SmallFiles.rows(table)) {
                mapped.add(mapper.map(row));
            }
            return mapped;
        }
    }

    @Test
    void reasonsCanBeStoredAndHaveABound() {
        assertThat(RowError.storable("a\0b" + "x".repeat(1_000)))
                .startsWith("a\ufffdbx")
                .hasSize(501);
        assertThat(RowError.storable(null)).isNull();
    }
}
