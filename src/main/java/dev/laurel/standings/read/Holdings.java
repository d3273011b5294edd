package dev.laurel.standings.read;

import dev.laurel.board.Board;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.WindowRef;

import java.util.List;

/**
 * A player's standings in several windows of a board, all by the board's default metric.
 *
 * @param windows as they were read, in the requested order
 * @param standings one for each window, null where the player has none
 */
public record Holdings(Board board, List<WindowRef> windows, List<Standing> standings, Source source) {
    /** Decimals of the scores. */
    public int decimals() {
        return board.definition().decimals();
    }

    /** Whether the player has a standing in any of the windows. */
    public boolean any() {
        return standings.stream().anyMatch(standing -> standing != null);
    }
}
