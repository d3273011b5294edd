package dev.laurel.standings.freeze;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.standings.freeze.SnapshotTaker.Attempt;
import dev.laurel.standings.freeze.SnapshotTaker.Progress;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many processes at once, each of which would take the snapshot. */
@QuarkusTest
class SnapshotTakerComponentTest {
    @TestHTTPResource
    URI service;

    @Inject
    SnapshotTaker taker;

    @Inject
    Boards boards;

    @Test
    void aSnapshotIsTakenOnceHoweverManyTry() {
        LaurelApi api = new LaurelApi(service);
        BoardSpec spec = aBoard("pictures").build();
        api.putBoard(spec).expect(201);
        for (int i = 0; i < 50; i++) {
            api.submit(spec.id(), ScoreEvent.of("p" + i, Integer.toString(i % 7)))
                    .expect(200);
        }
        api.put("/api/v1/boards/" + spec.id() + "/freeze", "").expect(201);
        Board board = OnEventLoop.await(() -> boards.refresh(spec.id()));
        AtomicInteger begun = new AtomicInteger();

        List<Attempt> attempts = OnEventLoop.awaitAll(6, () -> taker.take(board, begun::incrementAndGet));

        assertThat(attempts).contains(Attempt.TAKEN).doesNotContain(Attempt.OUTDATED);
        // One with a view from before the first may try in vain.
        assertThat(begun.get()).isBetween(1, 6);
        Progress progress = OnEventLoop.await(() -> taker.find(board));
        assertThat(progress.begun()).isTrue();
        assertThat(progress.snapshot()).isNotNull();
        assertThat(StoredRows.number("SELECT count(*) FROM frozen_standing WHERE board_id = ?", board.id()))
                .isEqualTo(50L * 5);
        assertThat(StoredRows.number("SELECT count(*) FROM frozen_window WHERE board_id = ?", board.id()))
                .isEqualTo(5);
    }

    @Test
    void aFreezeThatHasChangedGetsNoSnapshot() {
        LaurelApi api = new LaurelApi(service);
        BoardSpec spec = aBoard("pictures").daily().build();
        api.putBoard(spec).expect(201);
        api.put("/api/v1/boards/" + spec.id() + "/freeze", "").expect(201);
        Board before = OnEventLoop.await(() -> boards.refresh(spec.id()));
        api.put("/api/v1/boards/" + spec.id() + "/freeze", "").expect(200);

        assertThat(OnEventLoop.await(() -> taker.take(before, () -> {}))).isEqualTo(Attempt.OUTDATED);
    }
}
