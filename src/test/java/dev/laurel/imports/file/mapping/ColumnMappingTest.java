package dev.laurel.imports.file.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What columns mean, guessed and said. */
class ColumnMappingTest {
    private static final BoardColumns KINGDOM = new BoardColumns(
            List.of("power", "kills", "t4Kills", "deaths"), 0, ZoneOffset.UTC, EnumSet.allOf(Period.class));

    private static final BoardColumns PLAIN =
            new BoardColumns(List.of("score"), 0, ZoneOffset.UTC, EnumSet.of(Period.ALL_TIME, Period.DAILY));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Governor ID, Governor, Power, T4 Kills | player, displayName, metric:power, metric:t4Kills",
                "player_id, Name, KILLS, Alliance Rank | player, displayName, metric:kills, attribute:allianceRank",
                "Name, Power | player, metric:power",
                "Player, Décès, deaths | player, attribute:deces, metric:deaths",
                "id, player, t4_kills, attribute:power | player, displayName, metric:t4Kills, attribute:power",
                "user, username, avatar, Points | player, username, avatarUrl, metric:power",
                "uid, date, event id, tags, duration, power | player, occurredAt, eventId, tags, durationMs, metric:power",
                "id, 等级, power | player, ignore, metric:power",
                "member, Power (max), Team, power | player, attribute:powerMax, attribute:Team, metric:power",
            })
    void columnsAreGuessed(String headers, String meanings) {
        assertThat(meanings(headers, ImportMode.EVENTS, KINGDOM)).isEqualTo(split(meanings));
    }

    /** The column names of an export, so that an export can be imported. */
    @Test
    void anExportIsUnderstood() {
        assertThat(meanings(
                        "rank, playerId, score, achievedAt, change, displayName, avatarUrl, team, attribute:rank",
                        ImportMode.STANDINGS,
                        PLAIN))
                .isEqualTo(split(
                        "ignore, player, metric:score, occurredAt, ignore, displayName, avatarUrl, attribute:team, "
                                + "attribute:rank"));
    }

    @Test
    void periodsAreGuessedWhereTheyAreWanted() {
        String headers = "player, today, All time, weekly";

        assertThat(meanings(headers, ImportMode.STANDINGS, PLAIN))
                .isEqualTo(split("player, period:daily, period:all_time, attribute:weekly"));
        assertThat(meanings("driver_id, season, points", ImportMode.EVENTS, PLAIN))
                .isEqualTo(split("player, attribute:season, metric:score"));
    }

    @Test
    void whatIsSaidIsNotGuessed() {
        Map<String, String> said =
                Map.of("POWER", "ignore", "rank", "power", "Lord", "player", "guild", "attribute:team");
        ColumnMapping mapping = ColumnMapping.of(
                List.of("Lord", "player", "power", "Rank", "Guild"), said, ImportMode.SNAPSHOT, KINGDOM);

        assertThat(mapping.words())
                .containsExactly(
                        Map.entry("Lord", "player"),
                        Map.entry("player", "displayName"),
                        Map.entry("power", "ignore"),
                        Map.entry("Rank", "metric:power"),
                        Map.entry("Guild", "attribute:team"));
        assertThat(ColumnMapping.of(
                                List.of("Lord", "player", "power", "Rank", "Guild"),
                                mapping.words(),
                                ImportMode.SNAPSHOT,
                                KINGDOM)
                        .columns())
                .isEqualTo(mapping.columns());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody | player | mapping.nobody | is not a column of the file; it has player, power",
                "power | strength | mapping.power | must be one of player, metric:NAME",
                "power | metric:strength | mapping.power | must be one of",
                "power | period:last_7_days | mapping.power | must be one of",
                "power | attribute:a b | mapping.power | must be one of",
                "player | ignore | mapping | must name the column of the player; the file has player, power",
                "power | ignore | mapping | must name a column with a value of the board; the file has player, power",
            })
    void aMappingThatCannotBeIsRefused(String header, String word, String field, String message) {
        assertThatThrownBy(() ->
                        ColumnMapping.of(List.of("player", "power"), Map.of(header, word), ImportMode.EVENTS, KINGDOM))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.errors()).singleElement().satisfies(error -> {
                            assertThat(error.field()).isEqualTo(field);
                            assertThat(error.message()).startsWith(message);
                        }));
    }

    @Test
    void twoColumnsMustNotMeanTheSame() {
        Map<String, String> said = Map.of("a", "power", "b", "metric:power");

        assertThatThrownBy(() -> ColumnMapping.of(List.of("player", "a", "b"), said, ImportMode.EVENTS, KINGDOM))
                .isInstanceOfSatisfying(InvalidInput.class, refusal -> assertThat(refusal.errors())
                        .extracting(FieldError::message)
                        .containsExactly("must not mean the same as another column: metric:power"));
    }

    @Test
    void noMoreAttributesThanAPlayerCanHave() {
        String headers = "player, power, "
                + java.util.stream.IntStream.range(0, 40)
                        .mapToObj(i -> "column" + i)
                        .collect(Collectors.joining(", "));

        assertThat(meanings(headers, ImportMode.SNAPSHOT, KINGDOM))
                .filteredOn(meaning -> meaning.startsWith("attribute:"))
                .hasSize(32);
    }

    private static List<String> meanings(String headers, ImportMode mode, BoardColumns board) {
        return ColumnMapping.of(split(headers), Map.of(), mode, board).columns().stream()
                .map(column -> column.target().text())
                .toList();
    }

    private static List<String> split(String list) {
        return Arrays.asList(list.strip().split(" *, *"));
    }
}
