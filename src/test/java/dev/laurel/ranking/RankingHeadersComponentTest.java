package dev.laurel.ranking;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** What the headers of rankings promise: freshness, compression and the time it took. */
@QuarkusTest
class RankingHeadersComponentTest {

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("headers").build();
    private LaurelApi api;

    @BeforeEach
    void aRankingOfTwoHundred() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        List<Integer> scores = IntStream.range(0, 200).boxed().toList();
        InOrder.forEach(scores, score -> api.submit(board.id(), ScoreEvent.of("player-" + score, score.toString()))
                .expect(200));
    }

    @Test
    void anUnchangedRankingIsNotSentAgain() {
        Reply first = all();

        Reply second = all("If-None-Match", first.header("ETag"));

        assertThat(first.header("ETag")).matches("(W/)?\"[^\"]+\"");
        second.expect(304);
        assertThat(second.bytes()).isEmpty();
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        all("If-None-Match", "\"other\", " + first.header("ETag")).expect(304);
        all("If-None-Match", "\"other\"").expect(200);
    }

    @Test
    void aChangedRankingHasAnotherTag() {
        String tag = all().header("ETag");

        api.submit(board.id(), ScoreEvent.of("player-7", "1000")).expect(200);

        Reply changed = all("If-None-Match", tag).expect(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        assertThat(changed.json().path("entries").get(0).path("playerId").asText())
                .isEqualTo("player-7");
    }

    @Test
    void otherPagesHaveOtherTags() {
        assertThat(api.top(board.id(), Period.ALL_TIME, "limit=5").header("ETag"))
                .isNotEqualTo(api.top(board.id(), Period.ALL_TIME, "limit=6").header("ETag"));
    }

    @Test
    void everyRankingSaysHowLongItMayBeKeptAndHowLongItTook() {
        for (Reply reply : List.of(
                all(),
                api.player(board.id(), Period.DAILY, "player-1", ""),
                api.neighbours(board.id(), Period.DAILY, "player-1", ""))) {
            reply.expect(200);
            assertThat(reply.header("ETag")).as("tag of %s", reply).isNotBlank();
            assertThat(reply.header("Cache-Control"))
                    .as("freshness of %s", reply)
                    .isNotBlank();
            assertThat(reply.header("Server-Timing")).as("timing of %s", reply).contains("dur=");
            assertThat(reply.header("Content-Type")).startsWith("application/json");
        }
    }

    @Test
    void aLongAnswerIsCompressedForWhoAsks() throws IOException {
        Reply plain = all();
        Reply compressed = all("Accept-Encoding", "gzip");

        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.bytes().length).isLessThan(plain.bytes().length / 2);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.bytes()))) {
            Reply same = new Reply("unpacked", 200, compressed.headers(), unpacked.readAllBytes());
            assertThat(same.json().path("entries")).isEqualTo(plain.json().path("entries"));
        }
    }

    @Test
    void anErrorTellsHowLongItTookToo() {
        Reply refused = api.top(board.id(), Period.DAILY, "limit=0").expect(422);

        assertThat(refused.header("Server-Timing")).isNotBlank();
        assertThat(refused.header("ETag")).isEmpty();
    }

    private Reply all(String... headers) {
        return api.top(board.id(), Period.ALL_TIME, "limit=1000", headers);
    }
}
