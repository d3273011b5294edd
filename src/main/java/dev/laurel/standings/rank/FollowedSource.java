package dev.laurel.standings.rank;

import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.Set;

/**
 * A source that logs which players' standings have changed, so that a caller who has standings of a window in memory can
 * keep them up to date.
 */
public interface FollowedSource extends RankingSource {
    /**
     * The changes after a known one, as of the moment of the answer.
     *
     * @param since null to begin: the answer has the place of the last change, and no players
     */
    Uni<Changes> changes(RankingRef ranking, String since);

    /**
     * Changes of standings.
     *
     * @param upTo place of the last change among them; null when the changes after the known one are lost, and all standings
     *     have to be read again
     * @param more whether there are further ones
     * @param playerIds whose standings have changed
     * @param standings their present ones; players without a rank are left out
     */
    record Changes(String upTo, boolean more, Set<String> playerIds, List<Standing> standings) {
        /** What came after the known change has been dropped from the log. */
        public static final Changes LOST = new Changes(null, false, Set.of(), List.of());
    }
}
