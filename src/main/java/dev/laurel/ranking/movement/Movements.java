package dev.laurel.ranking.movement;

import dev.laurel.ranking.PreviousRanks;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;

/** What movements in a ranking are measured against: the previous window, or the positions at the end of an earlier day. */
@ApplicationScoped
public class Movements {
    private final PreviousRanks previous;
    private final DailyPositions positions;

    Movements(PreviousRanks previous, DailyPositions positions) {
        this.previous = previous;
        this.positions = positions;
    }

    /**
     * The ranks that players had before.
     *
     * @param days since the end of the day so many days before today; null for the previous window
     * @return without ranks when they cannot be determined at the moment; fails with {@link InvalidInput} naming
     *     {@code changeSince} when the board does not keep so many days
     */
    public Uni<PreviousPlaces> of(RankingRef ranking, Collection<String> playerIds, Integer days) {
        if (days == null) {
            return previous.of(ranking, playerIds).map(ranks -> new PreviousPlaces(ranks, null));
        }
        int kept = ranking.board().definition().positionDays();
        if (days > kept) {
            return Uni.createFrom()
                    .failure(new InvalidInput(
                            "changeSince",
                            kept == 0
                                    ? "needs a board that keeps daily positions (positionDays)"
                                    : "must be at most P" + kept + "D, since board "
                                            + ranking.board().name() + " keeps positions of so many days"));
        }
        return positions.of(ranking, playerIds, days);
    }
}
