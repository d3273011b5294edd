package dev.laurel.standings.load;

import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.redis.RedisKeys;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Loads one ranking from PostgreSQL into Redis while writers continue. A load starts with an empty set that is not
 * read, adds PostgreSQL's standings page by page, and declares the set complete at the end; it never replaces a
 * writer's newer value. Across all replicas one loader works on a ranking at a time, by a lease that a restart of Redis
 * invalidates.
 */
@ApplicationScoped
class WindowLoader {
    private static final RedisScript BEGIN = RedisScript.load("standings/window", "standings/rebuild_begin");
    private static final RedisScript LOAD = RedisScript.load("standings/window", "standings/rebuild_load");
    private static final RedisScript FINISH = RedisScript.load("standings/rebuild_finish");

    /** Rows per page: the next one is read meanwhile. Decoding a page keeps an event loop from requests for some milliseconds. */
    private static final int PAGE = 2_000;

    /** Rows per page beyond {@link #HASTE}. */
    private static final int SMALL_PAGE = 1_000;

    /** A script for this many players holds Redis for about one and a half milliseconds. */
    private static final int CHUNK = 250;

    /** Players of a window that are loaded in haste: while it is incomplete, every rank costs PostgreSQL a sort. */
    private static final int HASTE = 100_000;

    /** Concurrent scripts of all hasty loads: Redis is hardly ever idle, and others wait for less than ten milliseconds. */
    private static final int HASTY_SCRIPTS = 6;

    /** Concurrent scripts beyond {@link #HASTE}: that part takes a minute in any case, and events go in between. */
    private static final int PATIENT_SCRIPTS = 2;

    private static final int MAX_SCRIPTS_WAITING = 1_000;

    /**
     * Renewed with every page and every second; short, because a loader that has died blocks other loads for that long.
     */
    private static final String LEASE_MS = Long.toString(Duration.ofSeconds(5).toMillis());

    private static final long LEASE_BEAT_MS = 1_000;

    /**
     * Covers only the reply to the first command. After a pause Redis still runs earlier commands whose callers have
     * given up; such a lease must not block other loaders.
     */
    private static final String FIRST_LEASE_MS =
            Long.toString(Duration.ofSeconds(1).toMillis());

    private final LiveStandings standings;
    private final StandingsSync sync;
    private final RedisLinks redis;
    private final RedisKeys keys;
    private final Repairs repairs;
    private final Vertx vertx;
    private final RollingWindows rolling;
    private final Bulkhead hasty = scripts(HASTY_SCRIPTS);
    private final Bulkhead patient = scripts(PATIENT_SCRIPTS);

    WindowLoader(
            LiveStandings standings,
            StandingsSync sync,
            RedisLinks redis,
            RedisKeys keys,
            Repairs repairs,
            Vertx vertx,
            RollingWindows rolling) {
        this.standings = standings;
        this.sync = sync;
        this.redis = redis;
        this.keys = keys;
        this.repairs = repairs;
        this.vertx = vertx;
        this.rolling = rolling;
    }

    private static Bulkhead scripts(int concurrent) {
        return new Bulkhead(concurrent, MAX_SCRIPTS_WAITING, "Too many windows are being loaded");
    }

    /**
     * Loads a window by each metric of its board, one after the other.
     *
     * @return the number of standings loaded, or -1 when another process is loading one of them
     */
    Uni<Long> load(WindowRef window, When when) {
        return Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(ranking -> loadRanking(ranking, when))
                .collect()
                .with(Collectors.reducing(0L, WindowLoader::both));
    }

    private static long both(long some, long others) {
        return some < 0 || others < 0 ? -1 : some + others;
    }

    private Uni<Long> loadRanking(RankingRef ranking, When when) {
        long started = System.nanoTime();
        String token = UUID.randomUUID().toString();
        List<String> scriptKeys = keys.all(ranking);
        // Redis keeps its contents until PostgreSQL is available to replace them.
        return standings
                .reachable()
                .chain(() -> redis.runFirst(
                        BEGIN, scriptKeys, List.of(token, FIRST_LEASE_MS, when.name(), keptMillis(ranking))))
                .chain(begun -> {
                    if (begun.toInteger() <= 0) {
                        // Another process is loading it, or there is nothing to load.
                        return Uni.createFrom().item(begun.toInteger() == 0 ? -1L : 0L);
                    }
                    return script(scriptKeys, token, List.of())
                            .chain(() -> keepLease(scriptKeys, token, loadAll(ranking, scriptKeys, token)))
                            .call(() -> redis.runFirst(FINISH, scriptKeys, List.of(token, keptMillis(ranking)))
                                    .invoke(WindowLoader::requireLease))
                            .invoke(players -> repairs.rebuilt(players, Duration.ofNanos(System.nanoTime() - started)));
                })
                .onFailure()
                .invoke(repairs::rebuildFailed);
    }

    /** A rolling window is never closed, so its keys expire from the start. */
    private String keptMillis(RankingRef ranking) {
        return ranking.period().isRolling() ? Long.toString(rolling.keptMillis(ranking.window())) : "";
    }

    /** PostgreSQL may sort a large window for longer than the lease lasts before it returns the first page. */
    private Uni<Long> keepLease(List<String> scriptKeys, String token, Uni<Long> load) {
        return Uni.createFrom().deferred(() -> {
            long timer = vertx.setPeriodic(
                    LEASE_BEAT_MS,
                    tick -> script(scriptKeys, token, List.of()).subscribe().with(x -> {}, lost -> {}));
            return load.onTermination().invoke(() -> vertx.cancelTimer(timer));
        });
    }

    private Uni<Long> loadAll(RankingRef ranking, List<String> scriptKeys, String token) {
        Progress progress = new Progress();
        return standings
                .each(ranking, progress::nextPage, rows -> loadPage(
                                StandingRows.read(ranking, rows), scriptKeys, progress.scripts(), token)
                        .invoke(() -> progress.add(rows.size())))
                .chain(() -> removeBarred(ranking))
                .map(done -> progress.loaded.get());
    }

    /**
     * A player disqualified since the load began was among the rows read, and may have been loaded after being removed.
     * A player reinstated just now has already been copied into the window, and is copied once more.
     */
    Uni<Void> removeBarred(RankingRef ranking) {
        return standings.barred(ranking.window()).chain(barred -> Multi.createFrom()
                .iterable(barred)
                .group()
                .intoLists()
                .of(CHUNK)
                .onItem()
                .transformToUniAndConcatenate(players -> sync.remove(ranking, players)
                        .chain(() -> standings.barred(ranking.window()))
                        .chain(still -> sync.apply(
                                ranking.window(),
                                players.stream()
                                        .filter(player -> !still.contains(player))
                                        .toList())))
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<Void> loadPage(List<StoredStanding> page, List<String> scriptKeys, Bulkhead scripts, String token) {
        if (page.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Response>> parts = new ArrayList<>();
        for (int from = 0; from < page.size(); from += CHUNK) {
            List<StoredStanding> part = page.subList(from, Math.min(from + CHUNK, page.size()));
            parts.add(scripts.run(script(scriptKeys, token, part)));
        }
        return Uni.join().all(parts).andFailFast().replaceWithVoid();
    }

    /** Without standings the script only renews the lease. */
    private Uni<Response> script(List<String> scriptKeys, String token, List<StoredStanding> part) {
        List<String> arguments = new ArrayList<>(2 + 5 * part.size());
        arguments.add(token);
        arguments.add(LEASE_MS);
        StandingRows.addLists(arguments, part);
        return redis.run(LOAD, scriptKeys, arguments).invoke(WindowLoader::requireLease);
    }

    private static void requireLease(Response answer) {
        if (answer.toInteger() == 0) {
            throw Unavailable.madeVoid("The window was cleared or closed while it was loaded");
        }
    }

    /** Which windows are loaded. */
    enum When {
        /** Only a window that is not complete: a load may have ended just after it was found missing. */
        MISSING,
        /** Any window, whatever Redis holds of it. */
        ANY
    }

    /** The progress of a load. */
    private final class Progress {
        private final AtomicLong loaded = new AtomicLong();

        private boolean hasty() {
            return loaded.get() < HASTE;
        }

        int nextPage() {
            return hasty() ? PAGE : SMALL_PAGE;
        }

        Bulkhead scripts() {
            return hasty() ? hasty : patient;
        }

        void add(int rows) {
            loaded.addAndGet(rows);
        }
    }
}
