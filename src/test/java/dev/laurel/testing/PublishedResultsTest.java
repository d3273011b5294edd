package dev.laurel.testing;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.Oracle.Effect;
import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.RaceData.ExpectedPlace;
import dev.laurel.testing.StageRaceData.Finish;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The published results read from the files, and the oracle held against them. */
class PublishedResultsTest {

    /** What both sides have to agree on. */
    private record Row(long rank, String driver, BigDecimal points) {}

    @Test
    void theOracleReproducesThePublishedWindows() {
        Oracle oracle = new Oracle(aBoard("f1").decimals(2).build());
        Map<Effect, Integer> effects = new EnumMap<>(Effect.class);
        RaceData.results().forEach(result -> effects.merge(oracle.accept(result.event()), 1, Integer::sum));
        Map<Window, List<ExpectedPlace>> windows = RaceData.expectedPlaces().stream()
                .collect(Collectors.groupingBy(place -> new Window(place.period(), place.window())));

        assertThat(effects.values().stream().mapToInt(each -> each).sum()).isEqualTo(28_101);
        assertThat(windows).hasSize(1_663);
        windows.forEach((window, expected) -> assertThat(rows(oracle.ranking(window)))
                .as("%s", window)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(place -> new Row(
                                place.rank(), place.driver(), place.points().stripTrailingZeros()))
                        .toList()));
    }

    @Test
    void theStageRacesHavePlayerIdsThatTellTheRider() {
        List<Finish> finishes = StageRaceData.finishes();

        assertThat(finishes).hasSize(4_964);
        assertThat(finishes).extracting(Finish::playerId).doesNotHaveDuplicates();
        assertThat(finishes).allSatisfy(finish -> {
            assertThat(finish.playerId()).matches("[A-Za-z0-9][A-Za-z0-9._:@|~+-]{0,127}");
            assertThat(StageRaceData.riderIn(finish.playerId())).isEqualTo(finish.rider());
        });
    }

    private static List<Row> rows(OracleRanking ranking) {
        return ranking.places().stream()
                .map(place ->
                        new Row(place.rank(), place.playerId(), place.score().stripTrailingZeros()))
                .toList();
    }
}
