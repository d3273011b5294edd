package dev.laurel.standings.audit;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.standings.load.LiveStandings;
import dev.laurel.standings.load.StandingRows;
import dev.laurel.standings.load.StoredStanding;
import dev.laurel.standings.redis.NotLoaded;
import dev.laurel.standings.redis.RedisKeys;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowMoved;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What the audit reads from both stores, in pieces small enough to load neither. Reads of Redis fail with
 * {@link NotLoaded} where a window is not complete, and with {@link WindowMoved} where it has been closed.
 */
@ApplicationScoped
class AuditReads {
    /** A script for this many players holds Redis for about two milliseconds. */
    static final int PAGE = 500;

    private static final RedisScript PLAYERS = RedisScript.load("standings/window", "standings/audit_players");
    private static final RedisScript SCAN = RedisScript.load("standings/audit_scan");

    private static final String IS_OPEN = """
            SELECT EXISTS (
                SELECT FROM board_window w JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL
                WHERE w.board_id = $1 AND w.period = $2 AND w.window_key = $3 AND w.state = 'OPEN')""";

    private final Sql sql;
    private final LiveStandings standings;
    private final RedisLinks redis;
    private final RedisKeys keys;
    private final Vertx vertx;

    AuditReads(Sql sql, LiveStandings standings, RedisLinks redis, RedisKeys keys, Vertx vertx) {
        this.sql = sql;
        this.standings = standings;
        this.redis = redis;
        this.keys = keys;
        this.vertx = vertx;
    }

    /** The next page of a ranking in PostgreSQL; empty after the last player. */
    Uni<List<StoredStanding>> page(RankingRef ranking, String after) {
        return standings.page(ranking, after, PAGE).map(rows -> StandingRows.read(ranking, rows));
    }

    /** The standings of the given players in PostgreSQL. */
    Uni<List<StoredStanding>> stored(RankingRef ranking, List<String> players) {
        return standings.of(ranking, players).map(rows -> StandingRows.read(ranking, rows));
    }

    /** What Redis holds of the given players, in their order; without players only the sizes. */
    Uni<Holding> held(RankingRef ranking, List<String> players) {
        return redis.run(PLAYERS, keys.of(ranking), players)
                .invoke(AuditReads::requireLoaded)
                .map(AuditReads::holding);
    }

    private static Holding holding(Response answer) {
        List<HeldStanding> held = new ArrayList<>(answer.size() / 2);
        for (int i = 2; i < answer.size(); i += 2) {
            held.add(HeldStanding.of(answer.get(i).toString(), answer.get(i + 1).toString()));
        }
        return new Holding(answer.get(0).toLong(), answer.get(1).toLong(), held);
    }

    /** Some of the players that Redis holds. */
    Uni<Scanned> scan(RankingRef ranking, String cursor) {
        return redis.run(SCAN, List.of(keys.hash(ranking)), List.of(cursor, Integer.toString(PAGE)))
                .invoke(AuditReads::requireLoaded)
                .map(answer -> new Scanned(
                        answer.get(0).toString(),
                        StreamSupport.stream(answer.spliterator(), false)
                                .skip(1)
                                .map(Response::toString)
                                .toList()));
    }

    private static void requireLoaded(Response answer) {
        if (answer == null) {
            throw new NotLoaded();
        }
        if (answer.type() == ResponseType.BULK) {
            throw new WindowMoved();
        }
    }

    /** Whether a window accepts events: while it does, no player leaves it. */
    Uni<Boolean> isOpen(WindowRef window) {
        if (window.period().isRolling()) {
            return Uni.createFrom().item(true);
        }
        return sql.run(IS_OPEN, window.board().id(), window.period().code(), window.key())
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Leaves the stores to others for a while, then continues on the caller's context. */
    Uni<Void> pause(Duration length) {
        return Uni.createFrom().emitter(emitter -> vertx.setTimer(length.toMillis(), timer -> emitter.complete(null)));
    }

    /**
     * What Redis holds of a window.
     *
     * @param players in the hash
     * @param members in the set
     */
    record Holding(long players, long members, List<HeldStanding> held) {
        /** The difference in size between set and hash, which always change together. */
        long disagreement() {
            return Math.abs(players - members);
        }
    }

    /** A part of the hash, and the cursor of the next one. */
    record Scanned(String cursor, List<String> players) {
        static final String END = "0";
    }
}
