package dev.laurel.ranking;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;

/** Whole rankings as files. */
@QuarkusTest
class RankingExportComponentTest {

    private final BoardSpec board =
            aBoard("export").decimals(1).allTime().lateDays(3650).build();

    @TestHTTPResource
    URI service;

    private LaurelApi api;

    @BeforeEach
    void startABoard() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.submit(board.id(), ScoreEvent.of("a", "2.5").at("2026-11-20T09:30:00Z"));
        api.submit(board.id(), ScoreEvent.of("b", "7").at("2026-11-20T09:30:00Z"));
    }

    @Test
    void aTableHasAHeadAndALineForEachPlayer() {
        Reply reply = export("?format=csv").expect(200);

        assertThat(reply.text())
                .isEqualTo("rank,playerId,score,achievedAt\r\n"
                        + "1,b,7.0,2026-11-20T09:30:00Z\r\n"
                        + "2,a,2.5,2026-11-20T09:30:00Z\r\n");
        assertThat(reply.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(reply.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + board.id() + "-all_time-all.csv\"");
    }

    @Test
    void linesOfJsonHaveTheShapeOfEntries() {
        Reply reply = export("?format=ndjson").expect(200);

        assertThat(reply.text().lines())
                .containsExactly(
                        "{\"rank\":1,\"playerId\":\"b\",\"score\":7.0,\"achievedAt\":\"2026-11-20T09:30:00Z\"}",
                        "{\"rank\":2,\"playerId\":\"a\",\"score\":2.5,\"achievedAt\":\"2026-11-20T09:30:00Z\"}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
    }

    @Test
    void anotherFormatOrWindowIsRefused() {
        assertThat(export("?format=xml").expect(422).text()).contains("format");
        export("?window=2026").expect(422);
        api.get(LaurelApi.ranking("no-such-board", "all_time") + "/export").expect(404);
    }

    private Reply export(String query) {
        return api.get(LaurelApi.ranking(board.id(), "all_time") + "/export" + query);
    }
}
