package dev.laurel;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.StageRaceData;
import dev.laurel.testing.StageRaceData.Finish;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Final times of 54 editions of a stage race since 1903, lower is better, against the official classifications. */
@QuarkusTest
class StageRaceDataComponentTest {

    private final BoardSpec board =
            aBoard("tour").best().ascending().yearly().lateDays(73_050).build();

    @TestHTTPResource
    URI service;

    private LaurelApi api;

    @Test
    void everyOfficialPlaceLiesInTheTieOfItsTime() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        List<Finish> finishes = StageRaceData.finishes();
        finishes.forEach(
                finish -> assertThat(StageRaceData.riderIn(finish.playerId())).isEqualTo(finish.rider()));

        InOrder.forEach(finishes, finish -> assertThat(api.submit(board.id(), finish.event())
                        .expect(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("APPLIED"));

        Map<Integer, List<Finish>> editions = finishes.stream().collect(Collectors.groupingBy(Finish::year));
        AtomicInteger rows = new AtomicInteger();
        InOrder.forEach(editions.values(), edition -> rows.addAndGet(compare(edition)));
        assertThat(editions).hasSize(54);
        assertThat(rows).hasValue(4_964);
    }

    private int compare(List<Finish> edition) {
        int year = edition.get(0).year();
        JsonNode ranking = api.top(board.id(), Period.YEARLY, "limit=1000&window=" + year)
                .expect(200)
                .json();
        assertThat(ranking.path("total").asInt()).as("riders of %d", year).isEqualTo(edition.size());
        assertThat(ranking.path("entries")).as("riders of %d", year).hasSize(edition.size());
        Map<String, Finish> left = edition.stream().collect(Collectors.toMap(Finish::playerId, finish -> finish));
        for (JsonNode entry : ranking.path("entries")) {
            Finish finish = left.remove(entry.path("playerId").asText());
            assertThat(finish).as("%s", entry).isNotNull();
            assertThat(finish.officialRank()).as("%s", finish).isBetween(finish.tieFirst(), finish.tieLast());
            assertThat(entry.path("rank").asInt()).as("rank of %s", finish).isEqualTo(finish.tieFirst());
            assertThat(entry.path("score").asLong()).as("time of %s", finish).isEqualTo(finish.seconds());
        }
        assertThat(left).isEmpty();
        return edition.size();
    }
}
