package dev.laurel.web.imports;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Uploads.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.TwinBoards;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random files against the same events sent one after the other: no ranking may differ, and after an undo it must be as if there
 * had been no file. {@code -Dlaurel.imports.files=200} makes it the long form, {@code -Dlaurel.imports.seed} repeats a run.
 */
@QuarkusTest
class ImportPropertyComponentTest {
    private static final int FILES = Integer.getInteger("laurel.imports.files", 6);
    private static final long SEED = Long.getLong("laurel.imports.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);

    @TestHTTPResource
    URI service;

    @Test
    void aFileIsTheSameAsItsEvents() {
        LaurelApi api = new LaurelApi(service);
        for (int file = 0; file < FILES; file++) {
            String operator = List.of("SUM", "BEST", "LATEST").get(file % 3);
            List<String> metrics = random.nextBoolean() ? List.of("score") : List.of("score", "kills");
            BoardSpec one = aBoard("file")
                    .operator(operator)
                    .metrics(metrics)
                    .lateDays(4)
                    .build();
            BoardSpec other = aBoard("events")
                    .operator(operator)
                    .metrics(metrics)
                    .lateDays(4)
                    .build();
            api.putBoard(one).expect(201);
            api.putBoard(other).expect(201);
            List<ScoreEvent> before = events(20, metrics, "before");
            api.submitAll(one.id(), before).expect(200);
            api.submitAll(other.id(), before).expect(200);
            // Every second file is shown as a whole, the others as they are written.
            List<ScoreEvent> events =
                    events(file % 2 == 0 ? 20 + random.nextInt(400) : 2_001 + random.nextInt(1_500), metrics, "f");

            JsonNode done = new Uploads(api).run(form(one.id(), "EVENTS"), "random.csv", text(events, metrics));
            for (int from = 0; from < events.size(); from += 1_000) {
                api.submitAll(other.id(), events.subList(from, Math.min(events.size(), from + 1_000)))
                        .expect(200);
            }

            TwinBoards twins = new TwinBoards(api, one.id(), other.id());
            assertThat(done.path("state").asText())
                    .as("%s, seed %d", done, SEED)
                    .isEqualTo("DONE_WITH_ERRORS");
            assertThat(done.path("rows").path("refused").asLong()).isEqualTo(2);
            assertThat(same(twins, metrics)).isPositive();

            new Uploads(api).undo(done.path("id").asLong());
            BoardSpec untouched = aBoard("untouched")
                    .operator(operator)
                    .metrics(metrics)
                    .lateDays(4)
                    .build();
            api.putBoard(untouched).expect(201);
            api.submitAll(untouched.id(), before).expect(200);
            assertThat(same(new TwinBoards(api, one.id(), untouched.id()), metrics))
                    .isPositive();
        }
    }

    private long same(TwinBoards twins, List<String> metrics) {
        long places = twins.assertSame(Period.ALL_TIME, "", metrics) + twins.assertSame(Period.WEEKLY, "", metrics);
        for (int day = 0; day < 3; day++) {
            String window = now.minus(Duration.ofDays(day))
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .toString();
            places += twins.assertSame(Period.DAILY, window, metrics);
        }
        return places;
    }

    private List<ScoreEvent> events(int count, List<String> metrics, String prefix) {
        List<ScoreEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, BigDecimal> further = new LinkedHashMap<>();
            metrics.stream().skip(1).forEach(metric -> further.put(metric, BigDecimal.valueOf(random.nextInt(40))));
            events.add(new ScoreEvent(
                    "p" + random.nextInt(60),
                    BigDecimal.valueOf(random.nextInt(50)),
                    prefix + "-" + i,
                    now.minusMillis(random.nextInt((int) Duration.ofDays(2).toMillis())),
                    further));
        }
        return events;
    }

    /** With some delimiter and line end, two rows that are refused, and one that comes twice. */
    private String text(List<ScoreEvent> events, List<String> metrics) {
        String delimiter = List.of(",", ";", "\t").get(random.nextInt(3));
        String end = random.nextBoolean() ? "\n" : "\r\n";
        List<String> lines = new ArrayList<>();
        events.forEach(event -> lines.add(line(event, delimiter)));
        lines.add(
                random.nextInt(lines.size()),
                lines.get(0).replaceFirst("^p", " p").replaceFirst("[0-9]+", "x\u0001"));
        lines.add(
                random.nextInt(lines.size()),
                "bad" + delimiter + "twelve" + (delimiter + "1").repeat(metrics.size() + 1));
        lines.add(lines.get(lines.size() - 1));
        lines.add(
                0,
                "player" + delimiter + String.join(delimiter, metrics) + delimiter + "occurredAt" + delimiter
                        + "eventId");
        return String.join(end, lines) + end;
    }

    private static String line(ScoreEvent event, String delimiter) {
        List<String> cells =
                new ArrayList<>(List.of(event.playerId(), event.score().toPlainString()));
        event.metrics().values().forEach(value -> cells.add(value.toPlainString()));
        cells.add(event.occurredAt().toString());
        cells.add(event.eventId());
        return String.join(delimiter, cells);
    }
}
