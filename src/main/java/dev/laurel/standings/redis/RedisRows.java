package dev.laurel.standings.redis;

import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.PlayerRows;
import dev.laurel.standings.rank.PlayerRows.MetricPlace;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a ranking once, and by the same script the standings of its players by all metrics. */
final class RedisRows extends ScriptedRankings {
    /** Number of values that a place has in the answer. */
    private static final int PLACE = 7;

    private final RedisLinks redis;
    private final RedisKeys keys;
    private final List<RankingRef> metrics;
    private final String placed;
    private PlayerRows found = PlayerRows.NONE;

    /** @param placed whose places by all metrics are wanted; null for nobody's */
    RedisRows(RedisLinks redis, RedisKeys keys, RankingRef ranking, String placed) {
        this.redis = redis;
        this.keys = keys;
        this.metrics = ranking.window().rankings();
        this.placed = placed;
    }

    /** The standings of the players in the last answer. */
    PlayerRows found() {
        return found;
    }

    @Override
    Uni<Response> run(RankingScript script, RankingRef ranking, List<String> arguments) {
        List<String> own = keys.of(ranking);
        List<String> all = new ArrayList<>(own);
        metrics.forEach(metric -> all.addAll(keys.of(metric)));
        List<String> asked = new ArrayList<>(arguments);
        asked.add(Integer.toString(metrics.size()));
        asked.add(Integer.toString(own.size()));
        asked.add(Integer.toString(script.first()));
        asked.add(Integer.toString(script.step()));
        asked.add(placed == null ? "" : placed);
        return redis.run(script.withRows(), all, asked)
                .invoke(RedisRankings::requireComplete)
                .invoke(answer -> found = rows(script, answer))
                .map(answer -> answer.get(0));
    }

    /** A call of its own: its answer is not only the ranking's. */
    @Override
    Uni<Response> ask(RankingScript script, RankingRef ranking, List<String> arguments, int size) {
        return run(script, ranking, arguments);
    }

    private PlayerRows rows(RankingScript script, Response answer) {
        Map<String, List<Long>> scores = new LinkedHashMap<>();
        Response ranking = answer.get(0);
        Response standings = answer.get(1);
        int next = 0;
        for (int i = script.first() - 1; i < ranking.size(); i += script.step()) {
            String player = TieKey.playerOf(
                    metrics.get(0).board().definition().tieBreak(),
                    ranking.get(i).toString());
            List<Long> own = new ArrayList<>(metrics.size());
            for (RankingRef metric : metrics) {
                Response held = standings.get(next++);
                own.add(
                        held == null || held.type() != ResponseType.BULK
                                ? null
                                : RedisRankings.heldBy(metric, player, held.toString())
                                        .score());
            }
            scores.put(player, own);
        }
        return new PlayerRows(scores, places(answer.get(2)));
    }

    private List<MetricPlace> places(Response answer) {
        List<MetricPlace> places = new ArrayList<>();
        for (int m = 0; m * PLACE < answer.size(); m++) {
            int at = m * PLACE;
            long position = answer.get(at + 1).toLong();
            places.add(new MetricPlace(
                    answer.get(at).toLong(),
                    position < 0
                            ? null
                            : new Placed(
                                    standing(metrics.get(m), answer.get(at + 5), answer.get(at + 6)),
                                    position,
                                    answer.get(at + 2).toLong(),
                                    answer.get(at + 3).toLong())));
        }
        return places;
    }
}
