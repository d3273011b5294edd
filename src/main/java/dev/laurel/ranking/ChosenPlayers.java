package dev.laurel.ranking;

import dev.laurel.board.RankMode;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The standings of the given players in ranking order.
 *
 * @param total players in the window
 * @param missing given players without a standing, in the requested order
 */
public record ChosenPlayers(RankingRef ranking, Source source, long total, List<Chosen> entries, List<String> missing) {
    static ChosenPlayers of(Reading<Selection> reading, List<String> asked) {
        RankMode mode = reading.ranking().board().definition().rankMode();
        List<Placed> placed = reading.value().placed();
        List<Ranked> among = Ranks.of(
                mode,
                new RankingSlice(
                        placed.size(),
                        0,
                        0,
                        0,
                        placed.stream().map(Placed::standing).toList()));
        List<Chosen> entries = new ArrayList<>(placed.size());
        Set<String> found = new HashSet<>();
        for (int i = 0; i < placed.size(); i++) {
            Placed one = placed.get(i);
            entries.add(new Chosen(
                    RankingStatistics.ranked(reading.ranking(), one),
                    among.get(i).rank()));
            found.add(one.standing().playerId());
        }
        List<String> missing = asked.stream().filter(id -> !found.contains(id)).toList();
        return new ChosenPlayers(
                reading.ranking(), reading.source(), reading.value().total(), entries, missing);
    }

    /**
     * The standing of one of them.
     *
     * @param rankAmong rank among the given players alone
     */
    public record Chosen(Ranked ranked, long rankAmong) {}
}
