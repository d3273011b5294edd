package dev.laurel.feed;

import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Plans;
import dev.laurel.feed.source.Sources;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.postgres.Sql;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How far followers lag behind, in items and seconds, for meters and administrators. */
// Created at startup, so that every follower has its meters before its first item.
@Startup
@ApplicationScoped
class FeedLag {
    private static final List<Feed<?>> FEEDS = List.of(Feed.EVENTS, Feed.CLOSINGS, Feed.CHANGES);

    private static final String ASIDE = "SELECT name, count(*) FROM follower_item GROUP BY name";

    /** Deletes changes that all followers of this program have passed, a bounded number at a time. */
    private static final String FORGET = """
            DELETE FROM change WHERE id IN (
                SELECT c.id FROM change c
                WHERE c.at < now() - $1 * interval '1 millisecond'
                  AND NOT EXISTS (SELECT FROM follower f WHERE f.name = ANY($2) AND f.shard = (c.board_id & 15)
                                  AND (f.tx, f.id) < (c.tx, c.id))
                ORDER BY c.id LIMIT 10000)""";

    private final Sql sql;
    private final FollowerRegistry registry;
    private final FeedConfig config;
    private volatile Map<String, Lag> last = Map.of();
    private volatile Map<String, Long> aside = Map.of();

    FeedLag(Sql sql, FollowerRegistry registry, FeedConfig config, MeterRegistry meters) {
        this.sql = sql;
        this.registry = registry;
        this.config = config;
        for (Follower<?> one : registry.all()) {
            gauge(meters, Meters.FEED_LAG_ITEMS, one.name(), name -> known(name).items());
            gauge(meters, Meters.FEED_LAG_SECONDS, one.name(), name -> known(name)
                    .seconds());
            gauge(meters, Meters.FEED_ASIDE, one.name(), name -> aside.getOrDefault(name, 0L));
            meters.counter(Meters.FEED_FAILURES, "follower", one.name());
            Timer.builder(Meters.FEED_DELAY)
                    .tag("follower", one.name())
                    .serviceLevelObjectives(
                            Duration.ofMillis(25),
                            Duration.ofMillis(50),
                            Duration.ofMillis(100),
                            Duration.ofMillis(250),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(10))
                    .register(meters);
        }
    }

    private static void gauge(MeterRegistry meters, String meter, String follower, ToDoubleFunction<String> value) {
        Gauge.builder(meter, follower, value)
                .tag("follower", follower)
                .strongReference(true)
                .register(meters);
    }

    private Lag known(String follower) {
        return last.getOrDefault(follower, Lag.NONE);
    }

    @Scheduled(identity = "follower-lag", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return read().invoke(now -> last = now)
                .chain(() -> sql.runForJob(ASIDE))
                .invoke(rows -> aside = counts(rows))
                .replaceWithVoid()
                // The figures stay as they are until PostgreSQL responds again.
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(identity = "forget-changes", every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return sql.runForJob(FORGET, config.keepChanges().toMillis(), registry.names(Feed.CHANGES))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    private static Map<String, Long> counts(RowSet<Row> rows) {
        Map<String, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    /** The present lag of each follower of this program. */
    Uni<Map<String, Lag>> read() {
        Uni<Map<String, Lag>> all = Uni.createFrom().item(HashMap::new);
        for (Feed<?> feed : FEEDS) {
            if (!registry.of(feed).isEmpty()) {
                all = all.call(lags -> Plans.look(sql, Sources.of(feed).lag(), registry.names(feed))
                        .invoke(rows -> rows.forEach(row -> lags.put(
                                row.getString(0),
                                new Lag(row.getLong(1), row.getLong(2) == null ? 0 : Math.max(0, row.getLong(2)))))));
            }
        }
        return all;
    }

    /** The lag of a follower. */
    record Lag(long items, long seconds) {
        static final Lag NONE = new Lag(0, 0);
    }
}
