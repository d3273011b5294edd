package dev.laurel.standings;

import dev.laurel.platform.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Loads one ranking from PostgreSQL into Redis while writers go on. A load starts from an empty set that nobody reads,
 * takes in pages what PostgreSQL has, and declares the set complete at the end; a writer's newer value is never replaced.
 * One loader works on a ranking at a time, over all replicas, by a lease that is worth nothing after a restart of Redis.
 */
@ApplicationScoped
class WindowLoader {
    private static final RedisScript BEGIN = RedisScript.load("standings/window", "standings/rebuild_begin");
    private static final RedisScript LOAD = RedisScript.load("standings/window", "standings/rebuild_load");
    private static final RedisScript FINISH = RedisScript.load("standings/rebuild_finish");

    /** Read at once: while Redis is away PostgreSQL is busy with sorting, and every question waits for its turn. */
    private static final int PAGE = 5_000;

    /** Of what is behind: to take a page apart keeps an event loop from events. */
    private static final int SMALL_PAGE = 1_000;

    /** A script of this many players holds Redis for about two milliseconds. */
    private static final int CHUNK = 500;

    /** Players of a window that are loaded in haste: while it is not complete, every rank costs PostgreSQL a sort. */
    private static final int HASTE = 100_000;

    /** Scripts of hasty loads on their way at once: Redis is never idle, and an event waits for some thirty milliseconds. */
    private static final int HASTY_SCRIPTS = 16;

    /** Scripts of what is behind: that takes a minute in any case, and events go between. */
    private static final int PATIENT_SCRIPTS = 4;

    private static final int MAX_SCRIPTS_WAITING = 1_000;

    /** Prolonged with every page; short, because a loader that is gone keeps others from loading for as long. */
    private static final String LEASE_MS = Long.toString(Duration.ofSeconds(5).toMillis());

    /**
     * For the answer to the first command only. A Redis that was paused still does what it was told before, when nobody
     * waits for it any more; such a lease must not keep others away.
     */
    private static final String FIRST_LEASE_MS =
            Long.toString(Duration.ofSeconds(1).toMillis());

    /** Asked first: Redis keeps what it has until PostgreSQL is there to replace it. */
    private static final String PING = "SELECT 1";

    private final Sql sql;
    private final LiveStandings standings;
    private final RedisLinks redis;
    private final RedisKeys keys;
    private final Repairs repairs;
    private final Bulkhead hasty = scripts(HASTY_SCRIPTS);
    private final Bulkhead patient = scripts(PATIENT_SCRIPTS);

    WindowLoader(Sql sql, LiveStandings standings, RedisLinks redis, RedisKeys keys, Repairs repairs) {
        this.sql = sql;
        this.standings = standings;
        this.redis = redis;
        this.keys = keys;
        this.repairs = repairs;
    }

    private static Bulkhead scripts(int concurrent) {
        return new Bulkhead(concurrent, MAX_SCRIPTS_WAITING, "Too many windows are being loaded");
    }

    /**
     * Loads a window by each metric of its board, one after the other.
     *
     * @return the number of standings loaded, or -1 when another process is at one of them
     */
    Uni<Long> load(WindowRef window, When when) {
        return Multi.createFrom()
                .iterable(window.byEachMetric())
                .onItem()
                .transformToUniAndConcatenate(ranking -> loadRanking(ranking, when))
                .collect()
                .with(Collectors.reducing(0L, WindowLoader::both));
    }

    private static long both(long some, long others) {
        return some < 0 || others < 0 ? -1 : some + others;
    }

    private Uni<Long> loadRanking(WindowRef window, When when) {
        long started = System.nanoTime();
        String token = UUID.randomUUID().toString();
        List<String> scriptKeys = keys.all(window);
        return sql.run(PING)
                .chain(() -> redis.runFirst(BEGIN, scriptKeys, List.of(token, FIRST_LEASE_MS, when.name())))
                .chain(begun -> {
                    if (begun.toInteger() <= 0) {
                        // Somebody else is at it, or there is nothing to load.
                        return Uni.createFrom().item(begun.toInteger() == 0 ? -1L : 0L);
                    }
                    return script(scriptKeys, token, List.of())
                            .chain(() -> loadAll(window, scriptKeys, token))
                            .call(() -> redis.runFirst(FINISH, scriptKeys, List.of(token))
                                    .invoke(WindowLoader::requireLease))
                            .invoke(players -> repairs.rebuilt(players, Duration.ofNanos(System.nanoTime() - started)));
                })
                .onFailure()
                .invoke(repairs::rebuildFailed);
    }

    private Uni<Long> loadAll(WindowRef window, List<String> scriptKeys, String token) {
        return Multi.createBy()
                .repeating()
                .uni(Progress::new, progress -> standings
                        .page(window, progress.last, progress.hasty() ? PAGE : SMALL_PAGE)
                        .call(rows -> loadPage(window, rows, scriptKeys, progress.hasty() ? hasty : patient, token))
                        .map(progress::advance))
                .until(size -> size == 0)
                .collect()
                .with(Collectors.summingLong(Integer::longValue));
    }

    private Uni<Void> loadPage(
            WindowRef window, RowSet<Row> rows, List<String> scriptKeys, Bulkhead scripts, String token) {
        if (rows.size() == 0) {
            return Uni.createFrom().voidItem();
        }
        List<String> page = new ArrayList<>(4 * rows.size());
        StandingRows.addTo(page, window, rows);
        List<Uni<Response>> parts = new ArrayList<>();
        for (int from = 0; from < page.size(); from += 4 * CHUNK) {
            List<String> part = page.subList(from, Math.min(from + 4 * CHUNK, page.size()));
            parts.add(scripts.run(script(scriptKeys, token, part)));
        }
        return Uni.join().all(parts).andFailFast().replaceWithVoid();
    }

    /** Without standings it prolongs the lease only. */
    private Uni<Response> script(List<String> scriptKeys, String token, List<String> part) {
        List<String> arguments = new ArrayList<>(2 + part.size());
        arguments.add(token);
        arguments.add(LEASE_MS);
        arguments.addAll(part);
        return redis.run(LOAD, scriptKeys, arguments).invoke(WindowLoader::requireLease);
    }

    private static void requireLease(Response answer) {
        if (answer.toInteger() == 0) {
            throw Unavailable.store("Redis", null);
        }
    }

    /** Which windows are loaded. */
    enum When {
        /** Only one that is not complete: who has missed it may have done so a moment before. */
        MISSING,
        /** Whatever Redis holds of it. */
        ANY
    }

    /** How far a load has come. */
    private static final class Progress {
        private String last = "";
        private long loaded;

        boolean hasty() {
            return loaded < HASTE;
        }

        int advance(RowSet<Row> rows) {
            rows.forEach(row -> last = row.getString(0));
            loaded += rows.size();
            return rows.size();
        }
    }
}
