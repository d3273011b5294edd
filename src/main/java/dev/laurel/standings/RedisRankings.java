package dev.laurel.standings;

import dev.laurel.board.SortOrder;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rankings read from the sorted sets. Fails with {@link NotLoaded} where a set is not complete. */
@ApplicationScoped
class RedisRankings implements RankingSource {
    private static final RedisScript PAGE = RedisScript.load("standings/page");
    private static final RedisScript AFTER = RedisScript.load("standings/after");
    private static final RedisScript AROUND = RedisScript.load("standings/around");
    private static final RedisScript LOOKUP = RedisScript.load("standings/lookup");

    private final RedisLinks redis;
    private final RedisKeys keys;

    RedisRankings(RedisLinks redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Source source() {
        return Source.REDIS;
    }

    @Override
    public Uni<Stretch> page(WindowRef window, long offset, int limit) {
        return run(PAGE, window, List.of(Long.toString(offset), Integer.toString(limit)))
                .map(answer -> stretch(window, answer, 3));
    }

    @Override
    public Uni<Stretch> after(WindowRef window, OrderKey place, int limit) {
        List<String> arguments = List.of(
                Long.toString(place.sortKey()),
                TieKey.of(place.reachedAt()) + place.playerId(),
                Integer.toString(limit));
        return run(AFTER, window, arguments).map(answer -> stretch(window, answer, 3));
    }

    @Override
    public Uni<Place> around(WindowRef window, String playerId, int radius) {
        String reach = Integer.toString(radius);
        return run(AROUND, window, List.of(playerId, reach, reach)).map(answer -> place(window, answer));
    }

    @Override
    public Uni<Selection> select(WindowRef window, List<String> playerIds) {
        return run(LOOKUP, window, playerIds).map(answer -> selection(window, answer));
    }

    private Uni<Response> run(RedisScript script, WindowRef window, List<String> arguments) {
        return redis.run(script, keys.setAndHash(window), arguments).invoke(RedisRankings::requireComplete);
    }

    private static void requireComplete(Response answer) {
        if (answer == null) {
            throw new NotLoaded();
        }
        if (answer.type() == ResponseType.BULK) {
            throw new WindowMoved();
        }
    }

    private static Stretch stretch(WindowRef window, Response answer, int entries) {
        List<Standing> standings = new ArrayList<>((answer.size() - entries) / 2);
        for (int i = entries; i < answer.size(); i += 2) {
            standings.add(standing(window, answer.get(i), answer.get(i + 1)));
        }
        return new Stretch(
                answer.get(0).toLong(), answer.get(1).toLong(), answer.get(2).toLong(), standings);
    }

    private static Place place(WindowRef window, Response answer) {
        if (answer.size() == 1) {
            return Place.none(answer.get(0).toLong());
        }
        return new Place(
                stretch(window, answer, 6),
                answer.get(3).toLong(),
                answer.get(4).toLong(),
                answer.get(5).toLong());
    }

    private static Selection selection(WindowRef window, Response answer) {
        List<Placed> placed = new ArrayList<>(answer.size() / 4);
        for (int i = 1; i < answer.size(); i += 4) {
            placed.add(new Placed(
                    standing(window, answer.get(i + 2), answer.get(i + 3)),
                    answer.get(i).toLong(),
                    answer.get(i + 1).toLong()));
        }
        placed.sort(Comparator.comparingLong(Placed::position));
        return new Selection(answer.get(0).toLong(), placed);
    }

    private static Standing standing(WindowRef window, Response member, Response sortKey) {
        SortOrder order = window.board().definition().order();
        String tied = member.toString();
        return new Standing(
                TieKey.playerOf(tied), order.score(Long.parseLong(sortKey.toString())), TieKey.instantOf(tied));
    }
}
