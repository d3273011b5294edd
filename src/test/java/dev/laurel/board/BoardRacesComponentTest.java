package dev.laurel.board;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.admin.Maintenance;
import dev.laurel.correction.Decision;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.HeldBoard;
import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What administrators do at the same time neither brings anything back nor shows half of a ranking. */
@QuarkusTest
class BoardRacesComponentTest {
    private static final Decision BY_TEST = new Decision("a race", "test");
    private static final int PLAYERS = 3_000;

    @TestHTTPResource
    URI service;

    @Inject
    Maintenance maintenance;

    private LaurelApi api;

    @BeforeEach
    void connect() {
        api = new LaurelApi(service);
    }

    @Test
    void aBoardDeletedWhileItIsChangedStaysDeletedOrIsAnother() {
        for (int round = 0; round < 10; round++) {
            BoardSpec board = aBoard("race").build();
            api.putBoard(board).expect(201);
            api.submit(board.id(), ScoreEvent.of("ann", "1")).expect(200);

            ForkJoinTask<Integer> put =
                    ForkJoinPool.commonPool().submit(() -> api.putBoard(board).status());
            int deleted = api.delete("/api/v1/boards/" + board.id()).status();
            int changed = put.join();

            assertThat(deleted).isEqualTo(204);
            // Changed before the deletion, or created after it; then nothing of the old life shows.
            assertThat(changed).isIn(200, 201);
            if (changed == 201) {
                assertThat(total(board)).isZero();
            } else {
                api.board(board.id()).expect(404);
            }
        }
    }

    @Test
    void aBoardThatSeveralCreateIsCreatedOnce() {
        for (int round = 0; round < 10; round++) {
            BoardSpec board = aBoard("created").build();
            List<ForkJoinTask<Integer>> puts = new ArrayList<>();
            for (int one = 0; one < 4; one++) {
                puts.add(ForkJoinPool.commonPool()
                        .submit(() -> api.putBoard(board).status()));
            }

            List<Integer> statuses = puts.stream().map(ForkJoinTask::join).toList();

            assertThat(statuses).containsOnlyOnce(201).isSubsetOf(201, 200, 409);
        }
    }

    @Test
    void seasonsThatArePutAtTheSameTimeAreAllKept() {
        BoardSpec board = aBoard("seasonal").build();
        api.putBoard(board.id(), "{\"title\":\"Seasonal\",\"periods\":[\"SEASON\"]}")
                .expect(201);
        String seasons = "/api/v1/boards/" + board.id() + "/seasons";
        List<ForkJoinTask<Reply>> puts = new ArrayList<>();

        HeldBoard.hold(board.id(), held -> {
            for (int month = 1; month <= 3; month++) {
                String season =
                        "{\"title\":\"A month\",\"start\":\"2030-0%d-01T00:00:00Z\",\"end\":\"2030-0%d-01T00:00:00Z\"}"
                                .formatted(month, month + 1);
                String path = seasons + "/m" + month;
                puts.add(ForkJoinPool.commonPool().submit(() -> api.put(path, season)));
            }
            held.awaitWaiting(3);
        });

        assertThat(puts).extracting(put -> put.join().status()).containsOnly(201);
        assertThat(api.get(seasons).expect(200).json().findValuesAsText("id"))
                .containsExactlyInAnyOrder("m1", "m2", "m3");
    }

    @Test
    void clearingWhileLoadingNeverShowsHalfARanking() {
        BoardSpec board = aBoard("clear").build();
        api.putBoard(board).expect(201);
        List<Integer> players = IntStream.range(0, PLAYERS).boxed().toList();
        InOrder.forEach(players, player -> api.submit(board.id(), ScoreEvent.of("p" + player, "1"))
                .expect(200));

        for (int round = 0; round < 5; round++) {
            ForkJoinTask<?> sync = inBackground(() -> maintenance.sync(board.id(), BY_TEST));
            ForkJoinTask<?> clear = inBackground(() -> maintenance.clear(board.id(), BY_TEST));
            sync.quietlyJoin();
            clear.join();

            assertThat(total(board)).isEqualTo(PLAYERS);
        }
    }

    @Test
    void theBoardOfTheFirstInterfaceCannotBeDeleted() {
        assertProblem(api.delete("/api/v1/boards/pomodoro"), 409);
    }

    @Test
    void aGenerationIsANumber() {
        BoardSpec board = aBoard("generation").build();
        api.putBoard(board).expect(201);

        assertProblem(api.top(board.id(), Period.ALL_TIME, "window=all%23a%00b"), 422, "window");
        assertProblem(api.top(board.id(), Period.ALL_TIME, "window=all%230"), 422, "window");
        assertProblem(api.top(board.id(), Period.ALL_TIME, "window=all%231"), 404);
    }

    private static <T> ForkJoinTask<T> inBackground(Supplier<Uni<T>> call) {
        return ForkJoinPool.commonPool().submit(() -> OnEventLoop.await(call));
    }

    private int total(BoardSpec board) {
        return api.top(board.id(), Period.ALL_TIME, "limit=1")
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }
}
