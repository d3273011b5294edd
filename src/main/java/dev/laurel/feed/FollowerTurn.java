package dev.laurel.feed;

import dev.laurel.feed.source.Attempts;
import dev.laurel.feed.source.Batch;
import dev.laurel.feed.source.Claim;
import dev.laurel.feed.source.FeedItem;
import dev.laurel.feed.source.Placed;
import dev.laurel.feed.source.Source;
import dev.laurel.feed.source.Sources;
import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;

/**
 * One batch of a follower in one shard, in one transaction: claim, read, effect, cursor. If a batch fails it is rolled
 * back, and the next step is recorded outside that transaction.
 */
@ApplicationScoped
class FollowerTurn {
    private static final Logger LOG = Logger.getLogger(FollowerTurn.class);

    private final Sql sql;
    private final FollowerTable table;
    private final FeedConfig config;
    private final MeterRegistry meters;
    private final BatchSizes sizes = new BatchSizes();

    FollowerTurn(Sql sql, FollowerTable table, FeedConfig config, MeterRegistry meters) {
        this.sql = sql;
        this.table = table;
        this.config = config;
        this.meters = meters;
    }

    /** Never fails: failures are retried. */
    <T extends FeedItem> Uni<Outcome> run(Follower<T> follower, int shard) {
        Course<T> course = new Course<>(follower, shard);
        return sql.inTransaction(transaction -> work(course, transaction))
                .invoke(outcome -> succeeded(course))
                .onFailure()
                .recoverWithUni(failure -> failed(course, failure));
    }

    private <T extends FeedItem> Uni<Outcome> work(Course<T> course, Statements transaction) {
        return table.claim(transaction, course.follower.name(), course.shard)
                .invoke(claim -> course.claim = claim)
                .chain(claim -> claim == null
                        ? Uni.createFrom().item(Outcome.ELSEWHERE)
                        : course.source
                                .read(
                                        transaction,
                                        claim,
                                        claim.attempts()
                                                .size(sizes.of(course.follower.name(), course.shard, config.batch())),
                                        course.follower.after())
                                .invoke(course::took)
                                .chain(batch -> batch.items().isEmpty()
                                        ? table.release(transaction, claim).replaceWith(next(batch, Attempts.NONE))
                                        : handle(course, batch, transaction)));
    }

    private <T extends FeedItem> Uni<Outcome> handle(Course<T> course, Batch<T> batch, Statements transaction) {
        Claim claim = course.claim;
        Attempts after = claim.attempts().succeeded(batch.items().size());
        Outcome next = next(batch, after);
        course.handling = true;
        return course.follower
                .handle(batch.contents(), transaction)
                .chain(() -> course.source.move(transaction, claim, batch.items()))
                .chain(() -> table.finish(
                        transaction, claim, course.source.behind(claim, batch.items()), after, next.isMore()))
                .replaceWith(next);
    }

    private static Outcome next(Batch<?> batch, Attempts after) {
        if (batch.full() || after.suspects() > 0) {
            return Outcome.more(
                    batch.items().isEmpty()
                            ? Duration.ZERO
                            : batch.items().get(0).age());
        }
        return batch.held() ? Outcome.HELD : Outcome.DONE;
    }

    private void succeeded(Course<?> course) {
        sizes.succeeded(course.follower.name(), course.shard, course.items.size(), config.batch());
        var delay = meters.timer(Meters.FEED_DELAY, "follower", course.follower.name());
        Duration since = Duration.ofNanos(System.nanoTime() - course.read);
        course.items.forEach(one -> delay.record(one.age().plus(since)));
    }

    private <T extends FeedItem> Uni<Outcome> failed(Course<T> course, Throwable failure) {
        meters.counter(Meters.FEED_FAILURES, "follower", course.follower.name()).increment();
        Faults.inJob("follower " + course.follower.name(), failure);
        if (course.claim == null || course.items.isEmpty()) {
            LOG.logf(
                    failure instanceof Unavailable ? Logger.Level.DEBUG : Logger.Level.WARN,
                    "Follower %s cannot read: %s",
                    course.follower.name(),
                    failure.getMessage());
            return Uni.createFrom().item(new Outcome(config.firstDelay()));
        }
        boolean slow = course.handling && failure instanceof Unavailable late && late.isSlow();
        boolean outage = failure instanceof Unavailable && !slow;
        Attempts before = course.claim.attempts();
        int items = course.items.size();
        if (slow) {
            sizes.tookTooLong(course.follower.name(), course.shard, items);
        }
        Attempts now = slow ? before.tookTooLong(items) : before.failed(items, config.attempts());
        Duration delay = now.delay(config.firstDelay(), config.longestDelay(), outage || slow && now.isFound());
        LOG.warnf(
                "Follower %s failed on %d items of shard %d, attempt %d: %s",
                course.follower.name(), course.items.size(), course.shard, now.failures(), failure.getMessage());
        boolean aside = slow ? now.isTooSlow(config.attempts()) : now.isFound() && !outage;
        // Where PostgreSQL is unavailable after all, this fails, and nothing is held against the items.
        Uni<Outcome> noted = aside ? putAside(course, failure) : note(course, now, delay, failure);
        return noted.onFailure().recoverWithItem(new Outcome(config.firstDelay()));
    }

    private Uni<Outcome> note(Course<?> course, Attempts now, Duration delay, Throwable failure) {
        return table.failed(course.claim, now, delay, failure).replaceWith(new Outcome(delay));
    }

    /**
     * Continues without the one item, unless so many have been put aside already that the items are hardly to blame.
     */
    private <T extends FeedItem> Uni<Outcome> putAside(Course<T> course, Throwable failure) {
        List<Placed<T>> culprit = course.items.subList(0, 1);
        return sql.inTransaction(transaction -> table.claim(transaction, course.follower.name(), course.shard)
                        .chain(claim -> claim == null || claim.moves() != course.claim.moves()
                                ? Uni.createFrom().item(true)
                                : table.putAside(transaction, claim, course.follower.feed(), culprit.get(0), failure)
                                        .call(room -> room
                                                ? course.source
                                                        .move(transaction, claim, culprit)
                                                        .chain(() -> table.finish(
                                                                transaction,
                                                                claim,
                                                                course.source.behind(claim, culprit),
                                                                Attempts.NONE,
                                                                true))
                                                : table.release(transaction, claim))))
                .chain(room -> room
                        ? Uni.createFrom().item(Outcome.more(Duration.ZERO))
                        : note(course, new Attempts(config.attempts(), 1), config.longestDelay(), failure));
    }

    /** What is known of a turn when it fails. */
    private static final class Course<T extends FeedItem> {
        private final Follower<T> follower;
        private final int shard;
        private final Source<T> source;
        private Claim claim;
        private List<Placed<T>> items = List.of();
        private long read;
        private boolean handling;

        Course(Follower<T> follower, int shard) {
            this.follower = follower;
            this.shard = shard;
            this.source = Sources.of(follower.feed());
        }

        private void took(Batch<T> batch) {
            items = batch.items();
            read = System.nanoTime();
        }
    }
}
