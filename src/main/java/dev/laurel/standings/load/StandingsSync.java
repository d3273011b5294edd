package dev.laurel.standings.load;

import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.standings.redis.RedisKeys;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Copies the standings of the given players from PostgreSQL into a window that is in use. */
@ApplicationScoped
public class StandingsSync {
    private static final RedisScript MERGE = RedisScript.load("standings/window", "standings/merge");

    private static final RedisScript REMOVE = RedisScript.load("standings/window", "standings/remove");
    private static final RedisScript REMOVE_OLDER = RedisScript.load("standings/window", "standings/remove_older");
    private static final String NEWER = "NEWER";
    private static final String AGAIN = "AGAIN";

    /** A script for this many players holds Redis for about two milliseconds. */
    static final int PAGE = 500;

    private final LiveStandings standings;
    private final RedisLinks redis;
    private final RedisKeys keys;

    StandingsSync(LiveStandings standings, RedisLinks redis, RedisKeys keys) {
        this.standings = standings;
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * Copies newer standings, for each metric; fails when Redis rejects them.
     *
     * @return how many standings were missing or older
     */
    public Uni<Long> apply(WindowRef window, List<String> playerIds) {
        return paged(playerIds, page -> applyPage(window, page));
    }

    /**
     * As {@link #apply}; on boards where an event may take a value from its player, also takes players out of the rankings in which
     * they have no standing.
     */
    Uni<Long> repair(WindowRef window, List<String> playerIds) {
        return window.board().definition().metricRules().isNone()
                ? apply(window, playerIds)
                : paged(playerIds, page -> repairPage(window, page));
    }

    private static Uni<Long> paged(List<String> playerIds, Function<? super List<String>, Uni<? extends Long>> work) {
        return Multi.createFrom()
                .iterable(playerIds)
                .group()
                .intoLists()
                .of(PAGE)
                .onItem()
                .transformToUniAndConcatenate(work)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    private Uni<Long> repairPage(WindowRef window, List<String> playerIds) {
        return standings.versions(window.board(), playerIds).chain(versions -> Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(
                        ranking -> standings.of(ranking, playerIds).chain(rows -> put(ranking, rows, NEWER)
                                .call(() -> removeOlder(ranking, without(playerIds, rows), versions))))
                .collect()
                .with(Collectors.summingLong(Long::longValue)));
    }

    private Uni<Long> applyPage(WindowRef window, List<String> playerIds) {
        return Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(
                        ranking -> standings.of(ranking, playerIds).chain(rows -> put(ranking, rows, NEWER)))
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    /**
     * Corrects the standings of players who had no new event, because something of theirs no longer counts, or counts
     * again. Versions are read before standings: an event that arrives in between has a newer version, and stays.
     */
    public Uni<Void> correct(WindowRef window, List<String> playerIds) {
        return standings.versions(window.board(), playerIds).chain(versions -> Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(ranking -> standings
                        .of(ranking, playerIds)
                        .call(rows -> put(ranking, rows, AGAIN))
                        .call(rows -> removeOlder(ranking, without(playerIds, rows), versions)))
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<Void> removeOlder(RankingRef ranking, List<String> playerIds, Map<String, Long> versions) {
        if (playerIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<String> arguments = new ArrayList<>(2 * playerIds.size());
        for (String player : playerIds) {
            arguments.add(player);
            arguments.add(versions.getOrDefault(player, 0L).toString());
        }
        return redis.runFirst(REMOVE_OLDER, keys.changing(ranking), arguments).replaceWithVoid();
    }

    private static List<String> without(List<String> playerIds, RowSet<Row> rows) {
        List<String> left = new ArrayList<>(playerIds);
        rows.forEach(row -> left.remove(row.getString(0)));
        return left;
    }

    /** Takes players out of one ranking; fails when Redis rejects it. */
    public Uni<Void> remove(RankingRef ranking, List<String> playerIds) {
        return playerIds.isEmpty()
                ? Uni.createFrom().voidItem()
                : redis.runFirst(REMOVE, keys.changing(ranking), playerIds).replaceWithVoid();
    }

    private Uni<Long> put(RankingRef ranking, RowSet<Row> rows, String which) {
        if (rows.size() == 0) {
            return Uni.createFrom().item(0L);
        }
        List<String> arguments = new ArrayList<>(1 + 4 * rows.size());
        arguments.add(which);
        for (StoredStanding one : StandingRows.read(ranking, rows)) {
            arguments.addAll(List.of(one.playerId(), one.value(), Long.toString(one.sortKey()), one.member()));
        }
        return redis.runFirst(MERGE, keys.changing(ranking), arguments).map(taken -> Math.max(0L, taken.toLong()));
    }
}
