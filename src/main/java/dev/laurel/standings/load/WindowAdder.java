package dev.laurel.standings.load;

import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.redis.NotLoaded;
import dev.laurel.standings.redis.RedisKeys;
import dev.laurel.standings.redis.RedisRankings;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/**
 * Copies all standings of a window from PostgreSQL into one that Redis has complete, and that stays in use meanwhile: what players
 * have got since is added page by page, as events add it. Nobody may have lost anything since. For a window that has only
 * few players this costs Redis what a load costs, and readers are not sent to PostgreSQL; for others a load is several times as fast.
 */
@ApplicationScoped
class WindowAdder {
    private static final RedisScript ADD = RedisScript.load("standings/window", "standings/add");

    /** Players whom Redis may have: each costs it three commands, the others together three for each script. */
    private static final int MAX_PLAYERS = 10_000;

    /** Decoding a page keeps an event loop from requests for some milliseconds. */
    private static final int PAGE = 1_000;

    /** A script for this many players holds Redis for about one and a half milliseconds. */
    private static final int CHUNK = 250;

    /** Concurrent scripts: those of readers go in between. */
    private static final int SCRIPTS = 3;

    private static final int MAX_SCRIPTS_WAITING = 1_000;

    private final LiveStandings standings;
    private final WindowLoader loader;
    private final RedisRankings rankings;
    private final RedisLinks redis;
    private final RedisKeys keys;
    private final Bulkhead scripts = new Bulkhead(SCRIPTS, MAX_SCRIPTS_WAITING, "Too many windows are being loaded");

    WindowAdder(
            LiveStandings standings, WindowLoader loader, RedisRankings rankings, RedisLinks redis, RedisKeys keys) {
        this.standings = standings;
        this.loader = loader;
        this.rankings = rankings;
        this.redis = redis;
        this.keys = keys;
    }

    /** Whether Redis has a window complete, with few players. */
    Uni<Boolean> suits(WindowRef window) {
        return window.period().isRolling()
                ? Uni.createFrom().item(false)
                : rankings.page(window.rankings().get(0), 0, 1)
                        .map(slice -> slice.total() <= MAX_PLAYERS)
                        .onFailure(NotLoaded.class)
                        .recoverWithItem(false);
    }

    /** Adds all standings; fails with {@link Unavailable}, as what is made void does, when the window is not complete any more. */
    Uni<Void> add(WindowRef window) {
        return Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(this::add)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> add(RankingRef ranking) {
        return standings
                .each(ranking, () -> PAGE, rows -> addPage(ranking, StandingRows.read(ranking, rows)))
                .chain(() -> loader.removeBarred(ranking));
    }

    private Uni<Void> addPage(RankingRef ranking, List<StoredStanding> page) {
        List<Uni<Response>> parts = new ArrayList<>();
        for (int from = 0; from < page.size(); from += CHUNK) {
            List<StoredStanding> part = page.subList(from, Math.min(from + CHUNK, page.size()));
            parts.add(scripts.run(script(ranking, part)));
        }
        return parts.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(parts).andFailFast().replaceWithVoid();
    }

    private Uni<Response> script(RankingRef ranking, List<StoredStanding> part) {
        List<String> arguments = new ArrayList<>(5 * part.size());
        StandingRows.addLists(arguments, part);
        return Uni.createFrom()
                .deferred(() -> redis.run(ADD, keys.logged(ranking), arguments))
                .invoke(WindowAdder::requireComplete);
    }

    private static void requireComplete(Response answer) {
        if (answer.toInteger() == 0) {
            throw Unavailable.madeVoid("The window was cleared or closed while standings were added to it");
        }
    }
}
