package dev.laurel.standings.freeze;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.board.Boards;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.testing.FreezeScene;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The instant of a freeze while many events are on their way. */
@QuarkusTest
class FreezeInstantComponentTest extends FreezeScene {
    private static final int WRITERS = 4;

    @Inject
    Boards boards;

    @Inject
    StandingsReader reader;

    @Test
    void whatWasAnsweredBeforeTheInstantIsInTheSnapshotAndWhatWasSentBehindItIsNot() throws Exception {
        String board = putBoard(aBoard("freeze").daily());
        clock.moveTo(Instant.parse("2024-05-14T20:00:00Z"));
        for (int writer = 0; writer < WRITERS; writer++) {
            submit(board, ScoreEvent.of("p" + writer, "0"));
        }
        Instant at = Instant.parse(
                api.put(path(board), "").expect(201).json().path("at").asText());

        List<Bounds> bounds = writeUntil(board, at.plus(Duration.ofMillis(400)), at);

        JsonNode entries = frozen(board, "").path("entries");
        assertThat(entries).hasSize(WRITERS);
        for (JsonNode entry : entries) {
            Bounds own =
                    bounds.get(Integer.parseInt(entry.path("playerId").asText().substring(1)));
            assertThat(entry.path("score").asInt()).as("%s", own).isBetween(own.answeredBefore, own.sentBefore);
            assertThat(own.sent).isGreaterThan(own.sentBefore);
        }
    }

    @Test
    void aReadOverTheInstantIsAnsweredFromTheSnapshot() {
        String board = putBoard(aBoard("freeze").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        api.put(path(board), "").expect(201);

        Reading<RankingSlice> reading = OnEventLoop.await(() -> boards.get(board)
                .chain(found -> reader.window(found, Period.DAILY, null))
                .chain(window -> reader.read(window.by(0), null, (source, now) -> {
                    stand(INSTANT);
                    return source.page(now, 0, 10);
                })));

        assertThat(reading.source()).isEqualTo(Source.FROZEN);
        assertThat(reading.value().total()).isEqualTo(1);
    }

    private List<Bounds> writeUntil(String board, Instant end, Instant at) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Bounds>> work = IntStream.range(0, WRITERS)
                    .<Callable<Bounds>>mapToObj(writer -> () -> write(board, "p" + writer, end, at))
                    .toList();
            List<Bounds> bounds = new ArrayList<>();
            for (Future<Bounds> one : writers.invokeAll(work)) {
                bounds.add(one.get());
            }
            return bounds;
        } finally {
            writers.shutdownNow();
        }
    }

    private Bounds write(String board, String player, Instant end, Instant at) {
        Bounds own = new Bounds();
        Instant before = clock.instant();
        while (before.isBefore(end)) {
            submit(board, ScoreEvent.of(player, "1"));
            Instant after = clock.instant();
            own.sent++;
            own.sentBefore += before.isBefore(at) ? 1 : 0;
            own.answeredBefore += after.isBefore(at) ? 1 : 0;
            before = after;
        }
        return own;
    }

    private static final class Bounds {
        private int sent;
        private int sentBefore;
        private int answeredBefore;

        @Override
        public String toString() {
            return sent + " sent, " + sentBefore + " before the instant, " + answeredBefore + " answered before it";
        }
    }
}
