package dev.laurel.web.imports;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Uploads.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.RaceData;
import dev.laurel.testing.RaceData.ExpectedPlace;
import dev.laurel.testing.StageRaceData;
import dev.laurel.testing.StageRaceData.Finish;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Published results imported from their files as they are, with only a mapping: the official tables come out. */
@QuarkusTest
class PublishedFilesComponentTest {
    private static final String RACES = """
            {"driver_id":"player","points":"metric:score","date":"occurredAt","event_id":"eventId","season":"ignore",
             "round":"ignore","race_id":"ignore","kind":"ignore","position":"ignore"}""";

    private static final String STAGE_RACES = """
            {"rider":"player","total_seconds":"metric:score","year":"occurredAt","team":"ignore","official_rank":"ignore",
             "tie_first":"ignore","tie_last":"ignore"}""";

    @TestHTTPResource
    URI service;

    private LaurelApi api;
    private Uploads uploads;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
        uploads = new Uploads(api);
    }

    @Test
    void raceResultsMakeTheirOfficialTables() {
        BoardSpec board = aBoard("file-f1")
                .sum()
                .decimals(2)
                .yearly()
                .allTime()
                .lateDays(36_525)
                .build();
        api.putBoard(board).expect(201);

        JsonNode done =
                uploads.run(form(board.id(), "EVENTS").with("mapping", RACES), "f1.csv.gz", file("f1_events.csv.gz"));

        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
        assertThat(done.path("rows").path("total").asLong()).isEqualTo(28_101);
        Map<String, List<ExpectedPlace>> seasons = RaceData.expectedPlaces().stream()
                .filter(place -> place.period() == Period.YEARLY)
                .collect(Collectors.groupingBy(ExpectedPlace::window));
        assertThat(seasons).isNotEmpty();
        seasons.forEach((season, places) -> assertThat(rows(board, Period.YEARLY, season))
                .as(season)
                .containsExactlyInAnyOrderElementsOf(places.stream()
                        .map(place -> place.rank() + " " + place.driver() + " "
                                + place.points().stripTrailingZeros().toPlainString())
                        .toList()));
    }

    @Test
    void stageRacesMakeTheirOfficialTables() {
        BoardSpec board =
                aBoard("file-tdf").best().ascending().yearly().lateDays(60_000).build();
        api.putBoard(board).expect(201);

        JsonNode done = uploads.run(
                form(board.id(), "EVENTS").with("mapping", STAGE_RACES), "tdf.csv.gz", file("tdf_gc.csv.gz"));

        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
        Map<Integer, List<Finish>> editions =
                StageRaceData.finishes().stream().collect(Collectors.groupingBy(Finish::year));
        assertThat(editions).hasSize(54);
        editions.forEach((year, finishes) -> assertThat(rows(board, Period.YEARLY, "" + year))
                .as("%d", year)
                .containsExactlyInAnyOrderElementsOf(finishes.stream()
                        .map(one -> one.tieFirst() + " " + one.rider() + " " + one.seconds())
                        .toList()));
    }

    private static byte[] file(String name) {
        try (InputStream file = PublishedFilesComponentTest.class.getResourceAsStream("/data/" + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> rows(BoardSpec board, Period period, String window) {
        List<String> rows = new ArrayList<>();
        api.top(board.id(), period, "limit=1000&window=" + window)
                .expect(200)
                .json()
                .path("entries")
                .forEach(entry -> rows.add(entry.path("rank").asText() + " "
                        + entry.path("playerId").asText() + " "
                        + entry.path("score")
                                .decimalValue()
                                .stripTrailingZeros()
                                .toPlainString()));
        return rows;
    }
}
