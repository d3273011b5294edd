package dev.laurel.standings.postgres;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.Boards;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Players who ask at the same time are answered by one statement, and are told the same as each for itself. */
@QuarkusTest
class PostgresRankingsComponentTest {
    private static final int PLAYERS = 30;

    @TestHTTPResource
    URI service;

    @Inject
    Boards boards;

    @Inject
    WindowRegistry windows;

    @Inject
    PostgresRankings rankings;

    private LaurelApi api;

    @BeforeEach
    void connect() {
        api = new LaurelApi(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPETITION", "DENSE", "ORDINAL"})
    void placesAskedForTogetherAreThoseAskedForAlone(String rankMode) {
        RankingRef ranking = aRanking(aBoard("together").allTime().rankMode(rankMode));
        List<String> players = Stream.concat(
                        IntStream.range(0, PLAYERS).mapToObj(number -> "p" + number), Stream.of("nobody", "p0"))
                .toList();

        List<Place> alone = players.stream()
                .map(player -> OnEventLoop.await(() -> rankings.around(ranking, player, 0)))
                .toList();
        // In one turn of an event loop: the first are let in, and the others wait for them.
        List<Place> together = OnEventLoop.await(() -> Uni.join()
                .all(players.stream()
                        .map(player -> rankings.around(ranking, player, 0))
                        .toList())
                .andFailFast());

        assertThat(together).isEqualTo(alone);
        assertThat(together.get(PLAYERS)).isEqualTo(Place.none(PLAYERS));
        assertThat(together).extracting(Place::equal).contains(1L, 2L);
    }

    /** Pairs of equal scores, and a player who is alone. */
    private RankingRef aRanking(BoardBuilder builder) {
        BoardSpec board = builder.build();
        api.putBoard(board).expect(201);
        String scores = IntStream.range(0, PLAYERS)
                .mapToObj(number -> "{\"playerId\":\"p" + number + "\",\"score\":" + (number + 1) / 2 + "}")
                .collect(Collectors.joining(","));
        api.post("/api/v1/boards/" + board.id() + "/scores/batch", "{\"scores\":[" + scores + "]}")
                .expect(200);
        return OnEventLoop.await(() -> boards.get(board.id())
                .chain(found -> windows.current(found, Period.ALL_TIME))
                .map(window -> window.by(0)));
    }
}
