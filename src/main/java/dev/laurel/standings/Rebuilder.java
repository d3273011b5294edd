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

/**
 * Loads windows from PostgreSQL into Redis while writers go on. A load starts from an empty set that nobody reads, takes
 * in pages what PostgreSQL has, and declares the set complete at the end; a writer's newer value is never replaced. One
 * loader works on a window at a time, over all replicas, by a lease that is worth nothing after a restart of Redis.
 */
@ApplicationScoped
class Rebuilder {
    private static final RedisScript BEGIN = RedisScript.load("standings/rebuild_begin");
    private static final RedisScript LOAD = RedisScript.load("standings/rebuild_load");
    private static final RedisScript FINISH = RedisScript.load("standings/rebuild_finish");
    private static final RedisScript DISTRUST = RedisScript.load("standings/distrust");

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

    private static final String IF_MISSING = "MISSING";
    private static final String IN_ANY_CASE = "ANY";

    /** Asked first: Redis keeps what it has until PostgreSQL is there to replace it. */
    private static final String PING = "SELECT 1";

    private final Sql sql;
    private final LiveStandings standings;
    private final RedisLinks redis;
    private final RedisKeys keys;
    private final RedisRankings rankings;
    private final Suspects suspects;
    private final Repairs repairs;
    private final Bulkhead hasty = scripts(HASTY_SCRIPTS);
    private final Bulkhead patient = scripts(PATIENT_SCRIPTS);
    private volatile boolean missed;

    Rebuilder(
            Sql sql,
            LiveStandings standings,
            RedisLinks redis,
            RedisKeys keys,
            RedisRankings rankings,
            Suspects suspects,
            Repairs repairs) {
        this.sql = sql;
        this.standings = standings;
        this.redis = redis;
        this.keys = keys;
        this.rankings = rankings;
        this.suspects = suspects;
        this.repairs = repairs;
        suspects.onRetry(this::loadNow);
    }

    private static Bulkhead scripts(int concurrent) {
        return new Bulkhead(concurrent, MAX_SCRIPTS_WAITING, "Too many windows are being loaded");
    }

    /** Whether this process may believe Redis about a window. */
    boolean trusts(WindowRef window) {
        return !suspects.contains(window);
    }

    /**
     * Something could not be carried into windows of one board: they are not read until they have been loaded anew.
     *
     * @return when every process will know; fails with {@link Unavailable} when that cannot be made sure
     */
    Uni<Void> distrust(List<WindowRef> windows) {
        for (WindowRef window : windows) {
            redis.run(DISTRUST, List.of(keys.hash(window)), List.of())
                    .subscribe()
                    .with(ignored -> {}, ignored -> {});
        }
        return suspects.add(windows);
    }

    /** A window may lack an event that was refused for want of an answer: it is read on, and loaded anew soon. */
    void doubt(WindowRef window) {
        suspects.addReadable(window);
    }

    /** Loads a window in the background, if nobody is at it; others are likely to be missing, too. */
    void request(WindowRef window) {
        missed = true;
        suspects.load(window, this::loadNow);
    }

    /** Whether a window has been missed since this was asked last. */
    boolean takeMissed() {
        boolean taken = missed;
        missed = false;
        return taken;
    }

    /** Loads a window only if Redis cannot answer for it. */
    Uni<Void> ensureLoaded(WindowRef window) {
        return rankings.page(window, 0, 1)
                .replaceWithVoid()
                .onFailure(NotLoaded.class)
                .recoverWithUni(
                        () -> suspects.once(window, () -> loadNow(window)).replaceWithVoid());
    }

    /** Who has missed a window may have done so a moment before a load of it ended: what is complete then stays. */
    private Uni<Long> loadNow(WindowRef window) {
        return suspects.knows(window)
                ? suspects.settledBy(window, load(window, IN_ANY_CASE))
                : load(window, IF_MISSING);
    }

    /**
     * Loads a window.
     *
     * @return the number of players loaded, or -1 when another process is at it
     */
    Uni<Long> rebuild(WindowRef window) {
        return suspects.once(window, () -> suspects.settledBy(window, load(window, IN_ANY_CASE)));
    }

    private Uni<Long> load(WindowRef window, String when) {
        long started = System.nanoTime();
        String token = UUID.randomUUID().toString();
        List<String> scriptKeys = List.of(keys.set(window), keys.hash(window), keys.lease(window));
        return sql.run(PING)
                .chain(() -> redis.runFirst(BEGIN, scriptKeys, List.of(token, FIRST_LEASE_MS, when)))
                .chain(begun -> {
                    if (begun.toInteger() <= 0) {
                        // Somebody else is at it, or there is nothing to load.
                        return Uni.createFrom().item(begun.toInteger() == 0 ? -1L : 0L);
                    }
                    return redis.run(LOAD, scriptKeys, List.of(token, LEASE_MS))
                            .invoke(Rebuilder::requireLease)
                            .chain(() -> loadAll(window, scriptKeys, token))
                            .call(() -> redis.runFirst(FINISH, scriptKeys, List.of(token))
                                    .invoke(Rebuilder::requireLease))
                            .invoke(players -> repairs.rebuilt(players, Duration.ofNanos(System.nanoTime() - started)));
                })
                .onFailure()
                .invoke(repairs::rebuildFailed);
    }

    private Uni<Long> loadAll(WindowRef window, List<String> scriptKeys, String token) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Progress(""), progress -> standings
                        .page(window, progress.last, progress.hasty() ? PAGE : SMALL_PAGE)
                        .call(rows -> loadPage(window, rows, scriptKeys, progress.hasty() ? hasty : patient, token))
                        .map(progress::advance))
                .until(size -> size == 0)
                .collect()
                .with(java.util.stream.Collectors.summingLong(Integer::longValue));
    }

    private Uni<Void> loadPage(
            WindowRef window, RowSet<Row> rows, List<String> scriptKeys, Bulkhead scripts, String token) {
        if (rows.size() == 0) {
            return Uni.createFrom().voidItem();
        }
        List<String> standings = new ArrayList<>(4 * rows.size());
        StandingRows.addTo(standings, window, rows);
        List<Uni<Response>> parts = new ArrayList<>();
        for (int from = 0; from < standings.size(); from += 4 * CHUNK) {
            List<String> part = standings.subList(from, Math.min(from + 4 * CHUNK, standings.size()));
            parts.add(scripts.run(loadScript(scriptKeys, token, part)));
        }
        return Uni.join().all(parts).andFailFast().replaceWithVoid();
    }

    private Uni<Response> loadScript(List<String> scriptKeys, String token, List<String> standings) {
        List<String> arguments = new ArrayList<>(2 + standings.size());
        arguments.add(token);
        arguments.add(LEASE_MS);
        arguments.addAll(standings);
        return redis.run(LOAD, scriptKeys, arguments).invoke(Rebuilder::requireLease);
    }

    private static void requireLease(Response answer) {
        if (answer.toInteger() == 0) {
            throw Unavailable.store("Redis", null);
        }
    }

    /** How far a load has come. */
    private static final class Progress {
        private String last;
        private long loaded;

        Progress(String last) {
            this.last = last;
        }

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
