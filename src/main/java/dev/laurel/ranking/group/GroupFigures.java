package dev.laurel.ranking.group;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What the members of a group have scored in a window; scores are in units of the board's smallest decimal.
 *
 * @param asOf when the figures were computed
 * @param members of the group, ranked or not
 * @param active members with a rank in the window
 * @param total sum of their scores
 * @param mean null when nobody is active
 * @param quartiles the scores at 25, 50 and 75 percent, as percentiles of rankings; empty when nobody is active
 * @param movers the members who have gained most places within the group since the previous window, at most five
 */
public record GroupFigures(
        RankingRef ranking,
        Source source,
        Instant asOf,
        long members,
        long active,
        BigDecimal total,
        BigDecimal mean,
        List<Long> quartiles,
        List<Mover> movers) {
    /**
     * A member who has gained places.
     *
     * @param gained places, at least one
     */
    public record Mover(Ranked ranked, long gained) {}
}
