package dev.laurel;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.RaceData;
import dev.laurel.testing.RaceData.OfficialPlace;
import dev.laurel.testing.RaceData.Result;
import dev.laurel.testing.RaceData.Round;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The official table after each round since 1991, against the yearly ranking read after that round. */
@QuarkusTest
class RaceRoundsComponentTest {

    private static final int FIRST_SEASON = 1991;
    private static final Round TABLE_WITH_A_DISQUALIFIED = new Round(1997, 17);

    private final BoardSpec board =
            aBoard("f1-rounds").sum().decimals(2).yearly().lateDays(36_525).build();
    private final List<OfficialPlace> outsideTheirTie = new ArrayList<>();

    @TestHTTPResource
    URI service;

    private LaurelApi api;
    private int rows;
    private int unlisted;

    /** The first and last place of a tie and its points, as the service ranks it. */
    private record Tie(long first, long last, BigDecimal points) {}

    @Test
    void everyOfficialTableIsReproduced() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        Map<Round, List<Result>> rounds = RaceData.results().stream()
                .filter(result -> result.round().season() >= FIRST_SEASON)
                .collect(Collectors.groupingBy(Result::round, LinkedHashMap::new, Collectors.toList()));
        Map<Round, List<OfficialPlace>> tables = RaceData.officialPlaces().stream()
                .filter(place -> place.round().season() >= FIRST_SEASON)
                .collect(Collectors.groupingBy(OfficialPlace::round, LinkedHashMap::new, Collectors.toList()));
        assertThat(tables.keySet()).containsExactlyElementsOf(rounds.keySet());

        // A sprint and the race of its round have one official table, after both.
        rounds.forEach((round, results) -> {
            InOrder.forEach(results, Result::driver, this::submit);
            compare(round, tables.get(round));
        });

        assertThat(tables).hasSize(660);
        assertThat(rows).isEqualTo(13_384);
        assertThat(unlisted).isEqualTo(2_372);
        assertOnlyTheDisqualificationOf1997MovedRanks();
        assertDisqualifyingReproducesTheTable(tables.get(TABLE_WITH_A_DISQUALIFIED));
    }

    /** He keeps his points, takes no rank, and everyone below moves up. */
    private void assertDisqualifyingReproducesTheTable(List<OfficialPlace> table) {
        api.put(
                        "/api/v1/admin/boards/" + board.id() + "/rankings/yearly/players/michael-schumacher"
                                + "/disqualification?window=1997",
                        "{\"reason\":\"Decision of the World Motor Sport Council\",\"author\":\"FIA\"}")
                .expect(200);
        Map<String, Tie> ties = ties(TABLE_WITH_A_DISQUALIFIED);
        for (OfficialPlace official : table) {
            if (official.rank().equals("DSQ")) {
                assertThat(ties).doesNotContainKey(official.driver());
            } else {
                assertThat(holds(official.rank(), ties.get(official.driver()), 0))
                        .as("%s within %s", official, ties.get(official.driver()))
                        .isTrue();
            }
        }
    }

    private void submit(Result result) {
        String status = api.submit(board.id(), result.event())
                .expect(200)
                .json()
                .path("status")
                .asText();
        assertThat(status).as("status of %s", result).isIn("APPLIED", "UNCHANGED");
    }

    private void compare(Round round, List<OfficialPlace> table) {
        Map<String, Tie> ties = ties(round);
        for (OfficialPlace official : table) {
            Tie tie = ties.remove(official.driver());
            assertThat(tie).as("a driver with an official place: %s", official).isNotNull();
            assertThat(tie.points()).as("%s", official).isEqualByComparingTo(official.points());
            if (!holds(official.rank(), tie, 0)) {
                outsideTheirTie.add(official);
                assertThat(official.rank().equals("DSQ") || holds(official.rank(), tie, 1))
                        .as("%s is disqualified or moved up by one from %s", official, tie)
                        .isTrue();
            }
            rows++;
        }
        // Many tables do not list who has no points; nobody with points may be missing from one.
        ties.forEach((driver, tie) -> assertThat(tie.points())
                .as("%s, unlisted after %s", driver, round)
                .isZero());
        unlisted += ties.size();
    }

    private Map<String, Tie> ties(Round round) {
        String query = "limit=1000&window=" + round.season();
        JsonNode entries =
                api.top(board.id(), Period.YEARLY, query).expect(200).json().path("entries");
        Map<Long, Long> sizes = new LinkedHashMap<>();
        entries.forEach(entry -> sizes.merge(entry.path("rank").asLong(), 1L, Long::sum));
        Map<String, Tie> ties = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            long first = entry.path("rank").asLong();
            Tie tie = new Tie(
                    first, first + sizes.get(first) - 1, entry.path("score").decimalValue());
            ties.put(entry.path("playerId").asText(), tie);
        }
        assertThat(ties).as("players after %s", round).hasSize(entries.size());
        return ties;
    }

    private static boolean holds(String officialRank, Tie tie, int movedUp) {
        if (officialRank.equals("DSQ")) {
            return false;
        }
        long rank = Long.parseLong(officialRank) + movedUp;
        return tie.first() <= rank && rank <= tie.last();
    }

    private void assertOnlyTheDisqualificationOf1997MovedRanks() {
        assertThat(outsideTheirTie).hasSize(16);
        assertThat(outsideTheirTie).extracting(OfficialPlace::round).containsOnly(TABLE_WITH_A_DISQUALIFIED);
        assertThat(outsideTheirTie)
                .filteredOn(place -> place.rank().equals("DSQ"))
                .extracting(OfficialPlace::driver)
                .containsExactly("michael-schumacher");
    }
}
