package dev.laurel.feed;

import dev.laurel.feed.ShardWrites.Writing;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Plans;
import dev.laurel.feed.source.Sources;
import dev.laurel.platform.async.Commits;
import dev.laurel.platform.async.LargeWrites;
import dev.laurel.platform.lifecycle.DatabaseReplaced;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the followers: woken up by commits in this process, and each second by any other work it finds. The process that
 * has accepted an item takes the shard itself if it is free, so processes need not notify each other.
 *
 * <p>All its state belongs to one event loop.
 */
@ApplicationScoped
class FollowerPump {
    private static final Logger LOG = Logger.getLogger(FollowerPump.class);
    private static final List<Feed<?>> FEEDS = List.of(Feed.EVENTS, Feed.CLOSINGS, Feed.CHANGES);

    private static final int MAX_LOOKS = 5;
    private static final long END_PATIENCE_MILLIS = 3_000;

    private final FollowerRegistry registry;
    private final FollowerTurn turn;
    private final FeedConfig config;
    private final Sql sql;
    private final Context context;
    private final Turns<ShardKey> turns;
    private final ShardWrites writes;
    private final Pace pace;

    /** The resting shards, and whether they have been woken up meanwhile. */
    private final Map<ShardKey, Boolean> resting = new HashMap<>();

    /** How often in a row a shard could not be claimed. */
    private final Map<ShardKey, Integer> refused = new HashMap<>();

    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean ending;

    FollowerPump(
            FollowerRegistry registry,
            FollowerTurn turn,
            FeedConfig config,
            Sql sql,
            Vertx vertx,
            Commits commits,
            LargeWrites imports) {
        this.registry = registry;
        this.turn = turn;
        this.config = config;
        this.writes = new ShardWrites(imports);
        this.sql = sql;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.turns = new Turns<>(config.parallel());
        this.pace = new Pace(config.patience(), config.importPatience());
        if (config.batch() < 1 || config.batch() > 10_000 || config.parallel() < 1 || config.parallel() > 8) {
            throw new IllegalArgumentException(
                    "laurel.feed.batch must be within 1 and 10,000, laurel.feed.parallel within 1 and 8");
        }
        commits.listen(this::committed);
    }

    private void committed(Commits.Kind kind, int boardId) {
        if (config.enabled()) {
            context.runOnContext(ignored -> {
                int shard = ShardKey.of(boardId);
                writes.committed(shard, System.nanoTime());
                for (Follower<?> one : registry.all()) {
                    // One that comes after another is woken up by the end of that one's turn.
                    if (one.feed().kind() == kind && one.after() == null) {
                        wake(new ShardKey(one.name(), shard));
                    }
                }
            });
        }
    }

    /** Finds work that raised no wake-up, and gives new followers their cursors. */
    @Scheduled(identity = "followers", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> poll() {
        if (!config.enabled()) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> polled = Uni.createFrom().voidItem();
        for (Feed<?> feed : FEEDS) {
            for (Follower<?> one : registry.of(feed)) {
                polled = polled.chain(() -> register(one));
            }
            if (!registry.of(feed).isEmpty()) {
                polled = polled.chain(() -> pending(feed));
            }
        }
        return polled.onFailure().recoverWithItem(failure -> {
            LOG.debugf("Followers cannot be checked now: %s", failure.getMessage());
            return null;
        });
    }

    private Uni<Void> register(Follower<?> follower) {
        String name = follower.name();
        return registered.contains(name)
                ? Uni.createFrom().voidItem()
                : Sources.of(follower.feed())
                        .register(sql, name, follower.start())
                        .invoke(() -> registered.add(name));
    }

    /** Cursors are those of another database, which may lack some. */
    void replaced(@Observes DatabaseReplaced event) {
        registered.clear();
    }

    private Uni<Void> pending(Feed<?> feed) {
        return Plans.look(sql, Sources.of(feed).pending(), registry.names(feed))
                .invoke(rows -> context.runOnContext(
                        ignored -> rows.forEach(row -> wake(new ShardKey(row.getString(0), row.getShort(1))))))
                .replaceWithVoid();
    }

    private void wake(ShardKey key) {
        if (ending) {
            return;
        }
        if (resting.computeIfPresent(key, (resting, woken) -> true) == null) {
            turns.wake(key);
            begin();
        }
    }

    private void begin() {
        for (ShardKey key = turns.next(); key != null; key = turns.next()) {
            ShardKey mine = key;
            long began = System.nanoTime();
            turn.run(registry.get(mine.follower()), mine.shard())
                    .onFailure()
                    .recoverWithItem(Outcome.DONE)
                    .subscribe()
                    .with(outcome -> context.runOnContext(ignored -> end(mine, outcome, System.nanoTime() - began)));
        }
    }

    private void end(ShardKey key, Outcome outcome, long nanos) {
        boolean woken = turns.end(key);
        if (ending) {
            if (turns.atWork() == 0) {
                ended.countDown();
            }
            return;
        }
        registry.after(key.follower()).forEach(one -> wake(new ShardKey(one.name(), key.shard())));
        long millis = pace.rest(outcome, nanos, writing(key));
        if (millis == 0) {
            turns.wake(key);
        } else if (outcome.isMore()) {
            resting.put(key, true);
            yieldTo(key, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        } else {
            rest(key, outcome, woken, millis);
        }
        begin();
    }

    private Writing writing(ShardKey key) {
        return writes.in(key.shard(), System.nanoTime());
    }

    /** Leaves the processors to writers; not any longer than they need them. */
    private void yieldTo(ShardKey key, long until) {
        context.owner()
                .setTimer(
                        Pace.STEP_MILLIS,
                        timer -> context.runOnContext(ignored -> {
                            if (System.nanoTime() >= until || writing(key) == Writing.NOTHING) {
                                rested(key);
                            } else {
                                yieldTo(key, until);
                            }
                        }));
    }

    /** A wake-up during the rest is handled at its end. */
    private void rest(ShardKey key, Outcome outcome, boolean woken, long millis) {
        boolean again = outcome.again() != null && mayLookAgain(key, outcome);
        resting.put(key, woken || again);
        context.owner()
                .setTimer(
                        again ? Math.max(millis, outcome.again().toMillis()) : millis,
                        timer -> context.runOnContext(ignored -> rested(key)));
    }

    private void rested(ShardKey key) {
        if (resting.remove(key)) {
            wake(key);
        }
    }

    /** A shard held by another process, or waiting after a failure, is soon left to the poll. */
    private boolean mayLookAgain(ShardKey key, Outcome outcome) {
        if (outcome != Outcome.ELSEWHERE) {
            refused.remove(key);
            return true;
        }
        if (refused.merge(key, 1, Integer::sum) <= MAX_LOOKS) {
            return true;
        }
        refused.remove(key);
        return false;
    }

    void end(@Observes @Priority(StartOrder.JOBS_END) ShutdownEvent event) throws InterruptedException {
        context.runOnContext(ignored -> {
            ending = true;
            turns.clear();
            if (turns.atWork() == 0) {
                ended.countDown();
            }
        });
        if (!ended.await(END_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.debug("A follower was cut off; its transaction is rolled back");
        }
    }
}
