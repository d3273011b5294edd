package dev.laurel.standings.redis;

import dev.laurel.board.BoardDefinition;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisQuestion;
import dev.laurel.platform.redis.RedisQuestions;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.standings.rank.FollowedSource;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowMoved;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rankings read from the sorted sets. Fails with {@link NotLoaded} where a set is not complete. */
@ApplicationScoped
public class RedisRankings extends ScriptedRankings implements FollowedSource {
    private static final RankingScript HELD = RankingScript.of("standings/held");

    private static final RedisScript CHANGES = RedisScript.load("standings/window", "standings/changes");

    private static final RedisScript PLACES = RedisScript.load("standings/window", "standings/places");

    /** Entries of the log read at once; each has the players of one batch. */
    private static final String MAX_ENTRIES = "500";

    /** A script blocks Redis for everyone, so one reads only so many players: about a millisecond. */
    private static final int MAX_HELD = 1_000;

    private final RedisLinks redis;
    private final RedisQuestions questions;
    private final RedisKeys keys;

    RedisRankings(RedisLinks redis, RedisQuestions questions, RedisKeys keys) {
        this.redis = redis;
        this.questions = questions;
        this.keys = keys;
    }

    /** See {@link RedisLinks#impaired}. */
    public boolean impaired() {
        return redis.impaired();
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

    /**
     * A player's places in several windows of one board, without neighbours, by one script.
     *
     * @return one for each ranking, null where it is not to be read here
     */
    public Uni<List<Place>> places(List<RankingRef> rankings, String playerId) {
        List<String> named = new ArrayList<>(3 * rankings.size());
        rankings.forEach(ranking -> named.addAll(keys.logged(ranking).subList(0, 3)));
        return questions
                .ask(new RedisQuestion(PLACES, named, List.of(playerId), rankings.size()))
                .map(answer -> places(rankings, answer));
    }

    private static List<Place> places(List<RankingRef> rankings, Response answer) {
        List<Place> places = new ArrayList<>(rankings.size());
        for (int i = 0; i < rankings.size(); i++) {
            Response found = answer.get(i);
            boolean read = found != null && found.type() == ResponseType.MULTI;
            places.add(read ? place(rankings.get(i), found) : null);
        }
        return places;
    }

    private static List<Standing> held(RankingRef ranking, List<String> playerIds, Response answer) {
        List<Standing> standings = new ArrayList<>(playerIds.size());
        for (int i = 0; i < playerIds.size(); i++) {
            if (answer.get(i) != null) {
                standings.add(heldBy(ranking, playerIds.get(i), answer.get(i).toString()));
            }
        }
        return standings;
    }

    static Standing heldBy(RankingRef ranking, String playerId, String held) {
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
                standings.add(heldBy(ranking, player, answer.get(i + 1).toString()));
            }
        }
        return new Changes(answer.get(0).toString(), answer.get(1).toInteger() == 1, players, standings);
    }

    @Override
    Uni<Response> run(RankingScript script, RankingRef ranking, List<String> arguments) {
        return redis.run(script.plain(), keys.of(ranking), arguments).invoke(RedisRankings::requireComplete);
    }

    @Override
    Uni<Response> ask(RankingScript script, RankingRef ranking, List<String> arguments, int size) {
        return questions
                .ask(new RedisQuestion(script.plain(), keys.of(ranking), arguments, size))
                .invoke(RedisRankings::requireComplete);
    }

    @Override
    public <T> Uni<WithRows<T>> withRows(RankingRef ranking, RowQuestion<T> question) {
        RedisRows rows = new RedisRows(redis, keys, ranking, question.placed());
        return question.ask(rows).map(answer -> new WithRows<>(answer, rows.found()));
    }

    static void requireComplete(Response answer) {
        if (answer == null) {
            throw new NotLoaded();
        }
        if (answer.type() == ResponseType.BULK) {
            throw new WindowMoved();
        }
    }
}
