package dev.laurel.ranking;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.standings.read.StandingsReader;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a player's places in the current windows of several boards. All windows are asked for at once, so that their
 * questions go to Redis together, in one write and one round trip, however many there are.
 */
@ApplicationScoped
public class PlayerStandings {
    /** Maximum number of boards in one query. */
    public static final int MAX_BOARDS = 20;

    private final Boards boards;
    private final StandingsReader reader;
    private final Rankings rankings;

    PlayerStandings(Boards boards, StandingsReader reader, Rankings rankings) {
        this.boards = boards;
        this.reader = reader;
        this.rankings = rankings;
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
        List<Uni<Optional<PlayerRank>>> places = found.stream()
                .flatMap(board -> readable(board, periods).stream().map(period -> place(board, period, playerId)))
                .toList();
        return places.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(places).andFailFast().map(all -> all.stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** None where a board counts in seasons and none is running. */
    private Uni<Optional<PlayerRank>> place(Board board, Period period, String playerId) {
        return reader.window(board, period, null)
                .chain(window -> rankings.place(window.by(0), playerId))
                .map(Optional::of)
                .onFailure(NotFound.class)
                .recoverWithItem(Optional.empty());
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
