package dev.laurel.standings.postgres;

import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.RollingWindows;

import java.util.ArrayList;
import java.util.List;

/** The parameters of the statements that rank a window: $1 to $5 of {@link PostgresRankingSql}. */
final class RankingArguments {
    private RankingArguments() {}

    static List<Object> of(RankingRef ranking) {
        return List.of(
                ranking.board().id(),
                ranking.key(),
                ranking.board().definition().order().sortKey(1),
                ranking.period().isRolling()
                        ? (Object) RollingWindows.endKey(ranking.window())
                        : ranking.period().code(),
                ranking.board().definition().tieBreak().factor());
    }

    static Object[] with(List<Object> arguments, Object... own) {
        List<Object> all = new ArrayList<>(arguments);
        all.addAll(List.of(own));
        return all.toArray();
    }
}
