package dev.laurel.standings;

import dev.laurel.board.RankMode;
import dev.laurel.platform.Meters;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.standings.Written.WindowStanding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Carries committed standings into the sorted sets. */
@ApplicationScoped
class RedisStandings {
    private static final Logger LOG = Logger.getLogger(RedisStandings.class);
    private static final RedisScript APPLY = RedisScript.load("standings/apply");
    private static final RedisScript RETIRE = RedisScript.load("standings/retire");

    /** Longer than any request that still believes the window to be open. */
    private static final Duration CLOSED_NOTICE = Duration.ofHours(1);

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
     * Applies what a batch has written, all in one pipeline, and adds the ranks. Never fails: what Redis did not take
     * makes its windows unread until they are loaded anew.
     */
    Uni<List<Written>> apply(List<ScoreWrite> batch, List<Written> written) {
        List<Uni<Written>> answers = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Written one = written.get(i);
            answers.add(
                    one.standings().isEmpty()
                            ? Uni.createFrom().item(one)
                            : applyOne(batch.get(i).playerId(), one));
        }
        return Uni.join().all(answers).andFailFast();
    }

    private Uni<Written> applyOne(String playerId, Written written) {
        List<String> scriptKeys = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        arguments.add(playerId);
        arguments.add(Long.toString(written.version()));
        for (WindowStanding own : written.standings()) {
            scriptKeys.add(keys.set(own.window()));
            scriptKeys.add(keys.hash(own.window()));
            long score = own.standing().score();
            arguments.add(
                    Long.toString(own.window().board().definition().order().sortKey(score)));
            arguments.add(TieKey.of(own.standing().reachedAt()));
        }
        return redis.run(APPLY, scriptKeys, arguments)
                .map(answer -> withRanks(written, answer))
                .onFailure()
                .recoverWithItem(failure -> distrust(written, failure))
                .invoke(() -> written.standings().forEach(own -> stamps.changed(own.window())));
    }

    private Written distrust(Written written, Throwable failure) {
        LOG.debugf(failure, "Redis did not take a standing");
        unapplied.increment();
        written.standings().forEach(own -> rebuilder.distrust(own.window()));
        return written;
    }

    private Written withRanks(Written written, Response answer) {
        List<WindowStanding> ranked = new ArrayList<>(written.standings().size());
        for (int i = 0; i < written.standings().size(); i++) {
            WindowStanding own = written.standings().get(i);
            int at = 6 * i;
            if (answer.get(at).toInteger() == 0) {
                rebuilder.request(own.window());
                ranked.add(own);
                continue;
            }
            RankMode mode = own.window().board().definition().rankMode();
            long before = answer.get(at + 1).toLong();
            ranked.add(new WindowStanding(
                    own.window(),
                    own.standing(),
                    Ranks.at(
                            mode,
                            answer.get(at + 3).toLong(),
                            answer.get(at + 4).toLong()),
                    before < 0
                            ? null
                            : Ranks.at(mode, before, answer.get(at + 2).toLong()),
                    answer.get(at + 5).toLong()));
        }
        return new Written(written.outcome(), written.version(), ranked);
    }

    /** Ends a closed window in Redis: readers are told to look again. */
    Uni<Void> retire(WindowRef window) {
        return redis.run(
                        RETIRE,
                        List.of(keys.set(window), keys.hash(window), keys.lease(window)),
                        List.of(Long.toString(CLOSED_NOTICE.toMillis())))
                .onFailure()
                .recoverWithNull()
                .invoke(() -> stamps.changed(window))
                .replaceWithVoid();
    }
}
