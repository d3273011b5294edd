package dev.laurel.standings.write;

import dev.laurel.board.BoardDefinition;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.redis.RedisKeys;
import dev.laurel.standings.redis.TieKey;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Applies committed standings to the sorted sets. */
@ApplicationScoped
class RedisStandings {
    private static final Logger LOG = Logger.getLogger(RedisStandings.class);
    private static final RedisScript APPLY = RedisScript.load("standings/window", "standings/apply");

    /** Players per call of the script, which holds Redis for about two milliseconds with five windows. */
    private static final int CHUNK = 64;

    private final RedisLinks redis;
    private final RedisKeys keys;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;
    private final Counter unapplied;

    RedisStandings(RedisLinks redis, RedisKeys keys, Rebuilder rebuilder, ChangeStamps stamps, MeterRegistry meters) {
        this.redis = redis;
        this.keys = keys;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
        this.unapplied = meters.counter(Meters.UNAPPLIED);
    }

    /**
     * Applies what a batch has written and adds the ranks that are reported: one call for all events of the same windows, all calls in
     * one pipeline. Where Redis rejects a call, no process reads its windows until they are reloaded.
     *
     * @return fails with {@link Unavailable} when Redis rejected a call and that cannot be recorded either
     */
    Uni<List<WriteResult>> apply(List<ScoreWrite> batch, List<WriteResult> written) {
        return apply(written, i -> batch.get(i).report());
    }

    /** @param reports by the index of an event */
    Uni<List<WriteResult>> apply(List<WriteResult> written, IntFunction<Report> reports) {
        WriteResult[] answered = written.toArray(WriteResult[]::new);
        List<Uni<Void>> calls = new ArrayList<>();
        groups(written).forEach((rankings, members) -> {
            for (int from = 0; from < members.size(); from += CHUNK) {
                List<Integer> chunk = members.subList(from, Math.min(from + CHUNK, members.size()));
                calls.add(applyChunk(rankings, new Chunk(chunk, reports), answered));
            }
        });
        if (calls.isEmpty()) {
            return Uni.createFrom().item(written);
        }
        // All calls run to the end: a failure on one board's windows must not prevent recording that of another's.
        return Uni.join()
                .all(calls)
                .andCollectFailures()
                .onFailure(CompositeException.class)
                .transform(failures -> failures.getCauses().get(0))
                .map(done -> Arrays.asList(answered));
    }

    /** Groups what has been written by the rankings it belongs to. */
    private static Map<List<RankingRef>, List<Integer>> groups(List<WriteResult> written) {
        Map<List<RankingRef>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < written.size(); i++) {
            List<WindowStanding> standings = written.get(i).standings();
            if (!standings.isEmpty()) {
                List<RankingRef> rankings = new ArrayList<>(standings.size());
                standings.forEach(own -> rankings.add(own.ranking()));
                groups.computeIfAbsent(rankings, first -> new ArrayList<>()).add(i);
            }
        }
        return groups;
    }

    private Uni<Void> applyChunk(List<RankingRef> rankings, Chunk chunk, WriteResult[] answered) {
        BoardDefinition definition = rankings.get(0).board().definition();
        List<String> scriptKeys = new ArrayList<>(4 * rankings.size());
        rankings.forEach(ranking -> scriptKeys.addAll(keys.changing(ranking)));
        List<String> arguments = new ArrayList<>(2 + chunk.events().size() * (3 + 2 * rankings.size()));
        arguments.add(definition.rankMode().name() + (RedisKeys.isLogged(rankings.get(0)) ? "+LOG" : ""));
        arguments.add(definition.metricRules().isNone() ? "" : leads(rankings));
        for (int index : chunk.events()) {
            WriteResult one = answered[index];
            arguments.add(one.standings().get(0).standing().playerId());
            arguments.add(Long.toString(one.version()));
            arguments.add(asked(chunk.reports().apply(index)));
            for (WindowStanding own : one.standings()) {
                addStanding(arguments, definition, own);
            }
        }
        return redis.runFirst(APPLY, scriptKeys, arguments)
                .invoke(answer -> addRanks(rankings, chunk, answered, answer))
                .onFailure()
                .recoverWithUni(failure -> notTaken(rankings, failure))
                .invoke(() -> rankings.forEach(ranking -> stamps.changed(ranking.window())))
                .replaceWithVoid();
    }

    private static String asked(Report report) {
        return switch (report) {
            case OUTCOME, SCORES -> "0";
            case RANK -> "1";
            case RANKS -> "2";
        };
    }

    /** For each ranking the place of the one by the first metric of its window. */
    private static String leads(List<RankingRef> rankings) {
        List<RankingRef> first =
                rankings.stream().map(one -> one.window().by(0)).toList();
        return first.stream()
                .map(one -> Integer.toString(rankings.indexOf(one) + 1))
                .collect(Collectors.joining(","));
    }

    /** Without a sort key the player leaves the ranking. */
    private static void addStanding(List<String> arguments, BoardDefinition definition, WindowStanding own) {
        boolean ranked = !own.barred() && own.standing() != null;
        arguments.add(
                ranked ? Long.toString(definition.order().sortKey(own.standing().score())) : "");
        arguments.add(ranked ? TieKey.of(definition.tieBreak(), own.standing().reachedAt()) : "");
    }

    private Uni<Response> notTaken(List<RankingRef> rankings, Throwable failure) {
        LOG.debugf(failure, "Redis rejected standings");
        unapplied.increment();
        return rebuilder
                .markStale(rankings.stream().map(RankingRef::window).distinct().toList())
                .replaceWith((Response) null);
    }

    private void addRanks(List<RankingRef> rankings, Chunk chunk, WriteResult[] answered, Response answer) {
        int at = 0;
        for (int index : chunk.events()) {
            WriteResult one = answered[index];
            boolean ranks = chunk.reports().apply(index).covers(Report.RANK);
            List<WindowStanding> ranked = new ArrayList<>(rankings.size());
            for (WindowStanding own : one.standings()) {
                WindowStanding placed = withRank(own, answer, at);
                ranked.add(ranks ? placed : own);
                at += 3;
            }
            answered[index] = one.with(ranked);
        }
    }

    private WindowStanding withRank(WindowStanding own, Response answer, int at) {
        long after = answer.get(at + 1).toLong();
        if (own.barred() || own.standing() == null) {
            return own;
        }
        if (after < 0) {
            rebuilder.request(own.ranking().window());
            return own;
        }
        long before = answer.get(at).toLong();
        return new WindowStanding(
                own.ranking(),
                own.standing(),
                false,
                after + 1,
                before < 0 ? null : before + 1,
                answer.get(at + 2).toLong());
    }

    /**
     * Events that go to Redis in one call.
     *
     * @param events their indices in the batch
     */
    private record Chunk(List<Integer> events, IntFunction<Report> reports) {}
}
