package dev.laurel.ranking;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a player's places in the current windows of several boards. Redis is asked once for each board, for all of its windows,
 * and for all boards in one write and one round trip.
 */
@ApplicationScoped
public class PlayerStandings {
    /** Maximum number of boards in one query. */
    public static final int MAX_BOARDS = 20;

    private final Boards boards;
    private final StandingsReader reader;

    PlayerStandings(Boards boards, StandingsReader reader) {
        this.boards = boards;
        this.reader = reader;
    }

    /**
     * A player's places, by each board's default metric.
     *
     * @param boardNames 1 to {@value #MAX_BOARDS}
     * @param periods those of interest; a board that lacks one has no place for it. Empty for every period of each board
     * @return in the order of the boards, then of the periods; fails with {@link NotFound} when there is no such board
     */
    public Uni<List<PlayerRank>> of(List<String> boardNames, Set<Period> periods, String playerId) {
        return Uni.join()
                .all(boardNames.stream().map(name -> boards.get(name)).toList())
                .andFailFast()
                .chain(found -> places(found, periods, playerId));
    }

    private Uni<List<PlayerRank>> places(List<Board> found, Set<Period> periods, String playerId) {
        return Uni.join()
                .all(found.stream()
                        .map(board -> places(board, periods, playerId))
                        .toList())
                .andFailFast()
                .map(all -> all.stream().flatMap(List::stream).toList());
    }

    private Uni<List<PlayerRank>> places(Board board, Set<Period> periods, String playerId) {
        return rankings(board, periods)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : reader.places(board, found, playerId).map(PlayerStandings::ranks));
    }

    private static List<PlayerRank> ranks(List<Reading<Place>> places) {
        return places.stream().map(Rankings::toPlayerRank).toList();
    }

    private Uni<List<RankingRef>> rankings(Board board, Set<Period> periods) {
        Collection<Period> readable = readable(board, periods);
        return readable.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join()
                        .all(readable.stream()
                                .map(period -> window(board, period))
                                .toList())
                        .andFailFast()
                        .map(windows -> windows.stream()
                                .filter(Objects::nonNull)
                                .map(window -> window.by(0))
                                .toList());
    }

    /** Null where a board counts in seasons and none is running. */
    private Uni<WindowRef> window(Board board, Period period) {
        return reader.window(board, period, null).onFailure(NotFound.class).recoverWithNull();
    }

    /** Periods that are being filled have no ranking yet. */
    private Collection<Period> readable(Board board, Set<Period> periods) {
        return board.definition().periods().stream()
                .filter(period -> periods.isEmpty() || periods.contains(period))
                .filter(period -> !board.isFilling(period))
                .sorted()
                .toList();
    }
}
