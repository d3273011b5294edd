package dev.laurel.standings.redis;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.TieBreak;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.standings.rank.FollowedSource;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.ScorePlace;
import dev.laurel.standings.rank.ScoreRangeSlice;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowMoved;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rankings read from the sorted sets. Fails with {@link NotLoaded} where a set is not complete. */
@ApplicationScoped
public class RedisRankings implements FollowedSource {
    private static final RedisScript PAGE = RedisScript.load("standings/window", "standings/page");
    private static final RedisScript AFTER = RedisScript.load("standings/window", "standings/after");
    private static final RedisScript AROUND = RedisScript.load("standings/window", "standings/around");
    private static final RedisScript WITHIN = RedisScript.load("standings/window", "standings/within");
    private static final RedisScript SCORE_PLACE = RedisScript.load("standings/window", "standings/score_place");
    private static final RedisScript QUANTILES = RedisScript.load("standings/window", "standings/quantiles");
    private static final RedisScript LOOKUP = RedisScript.load("standings/window", "standings/lookup");
    private static final RedisScript HELD = RedisScript.load("standings/window", "standings/held");

    private static final RedisScript CHANGES = RedisScript.load("standings/window", "standings/changes");

    /** Entries of the log read at once; each has the players of one batch. */
    private static final String MAX_ENTRIES = "500";

    /** A script blocks Redis for everyone, so one reads only so many players: about a millisecond. */
    private static final int MAX_HELD = 1_000;

    private final RedisLinks redis;
    private final RedisKeys keys;

    RedisRankings(RedisLinks redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** See {@link RedisLinks#impaired}. */
    public boolean impaired() {
        return redis.impaired();
    }

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
        return run(AROUND, ranking, List.of(playerId, reach, reach)).map(answer -> place(ranking, answer));
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
        return run(LOOKUP, ranking, playerIds).map(answer -> selection(ranking, answer));
    }

    @Override
    public Uni<List<Standing>> standings(RankingRef ranking, List<String> playerIds) {
        // Without players, too: whether the window is complete is to be known.
        int pieces = Math.max(1, (playerIds.size() + MAX_HELD - 1) / MAX_HELD);
        return Multi.createFrom()
                .items(IntStream.range(0, pieces)
                        .mapToObj(piece -> playerIds.subList(
                                piece * MAX_HELD, Math.min(playerIds.size(), (piece + 1) * MAX_HELD))))
                .onItem()
                .transformToUniAndConcatenate(
                        piece -> run(HELD, ranking, piece).map(answer -> held(ranking, piece, answer)))
                .collect()
                .in(ArrayList::new, List::addAll);
    }

    private static List<Standing> held(RankingRef ranking, List<String> playerIds, Response answer) {
        List<Standing> standings = new ArrayList<>(playerIds.size());
        for (int i = 0; i < playerIds.size(); i++) {
            if (answer.get(i) != null) {
                standings.add(held(ranking, playerIds.get(i), answer.get(i).toString()));
            }
        }
        return standings;
    }

    private static Standing held(RankingRef ranking, String playerId, String held) {
        BoardDefinition definition = ranking.board().definition();
        int sort = held.indexOf(':') + 1;
        int tie = held.indexOf(':', sort) + 1;
        return new Standing(
                playerId,
                definition.order().score(Long.parseLong(held, sort, tie - 1, 10)),
                TieKey.instantOf(definition.tieBreak(), held.substring(tie)));
    }

    @Override
    public Uni<Changes> changes(RankingRef ranking, String since) {
        return redis.run(CHANGES, keys.logged(ranking), List.of(since == null ? "" : since, MAX_ENTRIES))
                .invoke(RedisRankings::requireComplete)
                .map(answer -> answer.type() == ResponseType.NUMBER ? Changes.LOST : changes(ranking, answer));
    }

    private static Changes changes(RankingRef ranking, Response answer) {
        Set<String> players = new HashSet<>();
        List<Standing> standings = new ArrayList<>();
        for (int i = 2; i < answer.size(); i += 2) {
            String player = answer.get(i).toString();
            players.add(player);
            if (answer.get(i + 1) != null) {
                standings.add(held(ranking, player, answer.get(i + 1).toString()));
            }
        }
        return new Changes(answer.get(0).toString(), answer.get(1).toInteger() == 1, players, standings);
    }

    private Uni<Response> run(RedisScript script, RankingRef ranking, List<String> arguments) {
        return redis.run(script, keys.of(ranking), arguments).invoke(RedisRankings::requireComplete);
    }

    private static void requireComplete(Response answer) {
        if (answer == null) {
            throw new NotLoaded();
        }
        if (answer.type() == ResponseType.BULK) {
            throw new WindowMoved();
        }
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

    private static Place place(RankingRef ranking, Response answer) {
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

    private static Standing standing(RankingRef ranking, Response member, Response sortKey) {
        BoardDefinition definition = ranking.board().definition();
        TieBreak tieBreak = definition.tieBreak();
        String text = member.toString();
        return new Standing(
                TieKey.playerOf(tieBreak, text),
                definition.order().score(Long.parseLong(sortKey.toString())),
                TieKey.instantOf(tieBreak, text));
    }
}
