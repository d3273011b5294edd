package dev.laurel.ranking.group;

import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A page of the ranking of groups.
 *
 * @param asOf when it was computed
 * @param total groups in the ranking
 */
public record GroupRankingPage(RankingRef ranking, Source source, Instant asOf, long total, List<Entry> entries) {
    /**
     * A group in the ranking.
     *
     * @param score of the group, in units of the board's smallest decimal; an average may lie between them
     * @param members of the group, ranked or not
     * @param ranked members with a rank in the window
     * @param reachedAt when the last of the members that count reached the score, in milliseconds since 1970
     * @param best the best members, at most three
     */
    public record Entry(
            long rank,
            String id,
            String title,
            BigDecimal score,
            long members,
            long ranked,
            long reachedAt,
            List<Standing> best) {}
}
