package dev.laurel.standings.redis;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.TieBreak;
import dev.laurel.platform.redis.RedisQuestion;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.ScorePlace;
import dev.laurel.standings.rank.ScoreRangeSlice;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rankings read from sorted sets by scripts. Fails with {@link NotLoaded} where a set is not complete. */
abstract class ScriptedRankings implements RankingSource {
    private static final RankingScript PAGE = RankingScript.of("standings/page", 5, 2);
    private static final RankingScript AFTER = RankingScript.of("standings/after", 5, 2);
    private static final RankingScript AROUND = RankingScript.of("standings/around", 8, 2);
    private static final RankingScript WITHIN = RankingScript.of("standings/within", 6, 2);
    private static final RankingScript SCORE_PLACE = RankingScript.of("standings/score_place");
    private static final RankingScript QUANTILES = RankingScript.of("standings/quantiles");
    private static final RankingScript LOOKUP = RankingScript.of("standings/lookup", 5, 5);

    /** Runs a script on the keys of a ranking; fails unless the ranking is complete. */
    abstract Uni<Response> run(RankingScript script, RankingRef ranking, List<String> arguments);

    /**
     * As {@link #run}, of a script that answers several questions.
     *
     * @param size of the question, see {@link RedisQuestion#size}
     * @return the answer to this one
     */
    abstract Uni<Response> ask(RankingScript script, RankingRef ranking, List<String> arguments, int size);

    @Override
    public Source source() {
        return Source.REDIS;
    }

    @Override
    public Uni<RankingSlice> page(RankingRef ranking, long offset, int limit) {
        return run(PAGE, ranking, List.of(Long.toString(offset), Integer.toString(limit)))
                .map(answer -> slice(ranking, answer, 0, 4));
    }

    @Override
    public Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit) {
        List<String> arguments = List.of(
                Long.toString(place.sortKey()),
                TieKey.member(ranking.board().definition().tieBreak(), place),
                Integer.toString(limit));
        return run(AFTER, ranking, arguments).map(answer -> slice(ranking, answer, 0, 4));
    }

    @Override
    public Uni<Place> around(RankingRef ranking, String playerId, int radius) {
        String reach = Integer.toString(radius);
        return ask(AROUND, ranking, List.of(playerId, reach, reach), 2 * radius + 1)
                .map(answer -> place(ranking, answer));
    }

    @Override
    public Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit) {
        List<String> arguments = List.of(
                Long.toString(range.best()),
                Long.toString(range.worst()),
                Long.toString(offset),
                Integer.toString(limit));
        return run(WITHIN, ranking, arguments)
                .map(answer -> new ScoreRangeSlice(answer.get(0).toLong(), slice(ranking, answer, 1, 5)));
    }

    @Override
    public Uni<ScorePlace> place(RankingRef ranking, long sortKey) {
        return run(SCORE_PLACE, ranking, List.of(Long.toString(sortKey)))
                .map(answer -> new ScorePlace(
                        answer.get(0).toLong(),
                        answer.get(1).toLong(),
                        answer.get(2).toLong(),
                        answer.get(3).toLong()));
    }

    @Override
    public Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares) {
        return run(QUANTILES, ranking, shares.stream().map(String::valueOf).toList())
                .map(answer -> new Selection(answer.get(0).toLong(), placed(ranking, answer)));
    }

    @Override
    public Uni<Selection> select(RankingRef ranking, List<String> playerIds) {
        List<String> arguments = new ArrayList<>(1 + playerIds.size());
        arguments.add(Integer.toString(playerIds.size()));
        arguments.addAll(playerIds);
        return ask(LOOKUP, ranking, arguments, playerIds.size()).map(answer -> selection(ranking, answer));
    }

    /**
     * Parses a reply that holds players, first, better and distinct better from one index on, and entries from another.
     */
    private static RankingSlice slice(RankingRef ranking, Response answer, int head, int entries) {
        List<Standing> standings = new ArrayList<>((answer.size() - entries) / 2);
        for (int i = entries; i < answer.size(); i += 2) {
            standings.add(standing(ranking, answer.get(i), answer.get(i + 1)));
        }
        return new RankingSlice(
                answer.get(head).toLong(),
                answer.get(head + 1).toLong(),
                answer.get(head + 2).toLong(),
                answer.get(head + 3).toLong(),
                standings);
    }

    static Place place(RankingRef ranking, Response answer) {
        if (answer.size() == 1) {
            return Place.none(answer.get(0).toLong());
        }
        return new Place(
                slice(ranking, answer, 0, 7),
                answer.get(4).toLong(),
                answer.get(5).toLong(),
                answer.get(6).toLong());
    }

    private static Selection selection(RankingRef ranking, Response answer) {
        List<Placed> placed = placed(ranking, answer);
        placed.sort(Comparator.comparingLong(Placed::position));
        return new Selection(answer.get(0).toLong(), placed);
    }

    private static List<Placed> placed(RankingRef ranking, Response answer) {
        List<Placed> placed = new ArrayList<>(answer.size() / 5);
        for (int i = 1; i < answer.size(); i += 5) {
            placed.add(new Placed(
                    standing(ranking, answer.get(i + 3), answer.get(i + 4)),
                    answer.get(i).toLong(),
                    answer.get(i + 1).toLong(),
                    answer.get(i + 2).toLong()));
        }
        return placed;
    }

    static Standing standing(RankingRef ranking, Response member, Response sortKey) {
        BoardDefinition definition = ranking.board().definition();
        TieBreak tieBreak = definition.tieBreak();
        String text = member.toString();
        return new Standing(
                TieKey.playerOf(tieBreak, text),
                definition.order().score(Long.parseLong(sortKey.toString())),
                TieKey.instantOf(tieBreak, text));
    }
}
