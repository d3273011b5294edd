package dev.laurel.ranking;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.TieBreak;
import dev.laurel.ranking.Quantiles.Quantile;
import dev.laurel.ranking.segment.SegmentReader;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.ScorePlace;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** Answers questions about the scores of a ranking rather than about its players. */
@ApplicationScoped
public class RankingStatistics {
    /** Maximum number of shares in one query. */
    public static final int MAX_SHARES = 100;

    private final SegmentReader reader;

    RankingStatistics(SegmentReader reader) {
        this.reader = reader;
    }

    /** The place that a newcomer with the given score would take, in units of the board. */
    public Uni<WhatIf> whatIf(RankingRef ranking, String windowId, long score) {
        long sortKey = ranking.board().definition().order().sortKey(score);
        return reader.read(ranking, windowId, (source, now) -> source.place(now, sortKey))
                .map(reading -> whatIf(reading, score));
    }

    private static WhatIf whatIf(Reading<ScorePlace> reading, long score) {
        ScorePlace place = reading.value();
        BoardDefinition definition = reading.ranking().board().definition();
        // A newcomer is the last to have reached the score.
        long position = definition.tieBreak() == TieBreak.LATEST ? place.better() : place.better() + place.equal();
        return new WhatIf(
                reading.ranking(),
                reading.source(),
                score,
                Ranks.at(definition.rankMode(), position, place.better(), place.distinctBetter()),
                Ranks.percentile(place.total() + 1, place.better(), place.equal() + 1),
                place.total());
    }

    /**
     * The scores at given shares of the ranking.
     *
     * @param shares 1 to {@value #MAX_SHARES}, in hundredths of a percent
     */
    public Uni<Quantiles> quantiles(RankingRef ranking, String windowId, List<Integer> shares) {
        return reader.read(ranking, windowId, (source, now) -> source.quantiles(now, shares))
                .map(reading -> quantiles(reading, shares));
    }

    private static Quantiles quantiles(Reading<Selection> reading, List<Integer> shares) {
        List<Quantile> entries = new ArrayList<>();
        List<Placed> found = reading.value().placed();
        for (int i = 0; i < found.size(); i++) {
            entries.add(new Quantile(shares.get(i), ranked(reading.ranking(), found.get(i))));
        }
        return new Quantiles(
                reading.ranking(), reading.source(), reading.value().total(), entries);
    }

    static Ranked ranked(RankingRef ranking, Placed placed) {
        return Ranks.of(ranking.board().definition().rankMode(), placed);
    }

    /**
     * Converts bounds of scores to bounds of sort keys.
     *
     * @param min smallest score in units
     * @param max largest score in units
     * @throws InvalidInput when no score lies between them
     */
    public static SortRange range(BoardDefinition definition, long min, long max) {
        if (min > max) {
            throw new InvalidInput("minScore", "must not be above maxScore");
        }
        long one = definition.order().sortKey(min);
        long other = definition.order().sortKey(max);
        return new SortRange(Math.min(one, other), Math.max(one, other));
    }
}
