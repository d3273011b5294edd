package dev.laurel.feed;

import dev.laurel.feed.FollowerState.State;
import dev.laurel.feed.source.FeedItem;
import dev.laurel.feed.source.Position;
import dev.laurel.feed.source.Sources;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The followers as administrators see them. */
@ApplicationScoped
public class Followers {
    private static final String STATES = """
            SELECT f.name, f.feed, max(f.attempts),
                (array_agg(f.failure ORDER BY f.failed_at DESC NULLS LAST))[1], max(f.failed_at), max(f.updated_at),
                (SELECT count(*) FROM follower_item i WHERE i.name = f.name)
            FROM follower f GROUP BY f.name, f.feed ORDER BY f.name""";

    private static final String COUNT = "SELECT count(*) FROM follower_item WHERE name = $1";

    private static final String ITEMS = """
            SELECT i.id, i.item, b.name, i.failure, i.retries, i.aside_at
            FROM follower_item i LEFT JOIN board b ON b.id = i.board_id AND b.deleted_at IS NULL
            WHERE i.name = $1 ORDER BY i.id OFFSET $2 LIMIT $3""";

    /** The shard is locked, too: no process works on it for the follower meanwhile. */
    private static final String ITEM = """
            SELECT i.board_id, i.tx::text, i.item FROM follower_item i JOIN follower f ON f.name = i.name AND f.shard = i.shard
            WHERE i.name = $1 AND i.id = $2 FOR UPDATE""";

    private static final String DELETE = "DELETE FROM follower_item WHERE name = $1 AND id = $2";

    private static final String RETRIED =
            "UPDATE follower_item SET retries = retries + 1, failure = $3 WHERE name = $1 AND id = $2";

    private static final String KNOWN = "SELECT EXISTS (SELECT FROM follower WHERE name = $1)";

    private final Sql sql;
    private final FollowerRegistry registry;
    private final FeedLag lag;
    private final FeedConfig config;

    Followers(Sql sql, FollowerRegistry registry, FeedLag lag, FeedConfig config) {
        this.sql = sql;
        this.registry = registry;
        this.lag = lag;
        this.config = config;
    }

    /** The states of all followers, by name. */
    public Uni<List<FollowerState>> states() {
        return lag.read().chain(lags -> sql.run(STATES).map(rows -> {
            List<FollowerState> states = new ArrayList<>(rows.size());
            rows.forEach(row -> states.add(state(row, lags)));
            return states;
        }));
    }

    private FollowerState state(Row row, Map<String, FeedLag.Lag> lags) {
        FeedLag.Lag behind = lags.getOrDefault(row.getString(0), FeedLag.Lag.NONE);
        return new FollowerState(
                row.getString(0),
                row.getString(1),
                state(row.getString(0), row.getInteger(2), row.getLong(6)),
                behind.items(),
                behind.seconds(),
                row.getLong(6),
                row.getInteger(2),
                row.getString(3),
                instant(row, 4),
                instant(row, 5));
    }

    private State state(String name, int attempts, long aside) {
        if (registry.get(name) == null) {
            return State.UNKNOWN;
        }
        if (attempts == 0) {
            return State.RUNNING;
        }
        return aside < config.maxAside() ? State.RETRYING : State.STOPPED;
    }

    private static Instant instant(Row row, int column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }

    /**
     * The items put aside for a follower, oldest first.
     *
     * @return fails with {@link NotFound} when there is no such follower
     */
    public Uni<PageResult<AsideItem>> items(String follower, PageRequest page) {
        return known(follower)
                .chain(() -> sql.run(COUNT, follower))
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(ITEMS, follower, page.offset(), (long) page.limit())
                        .map(rows -> {
                            List<AsideItem> items = new ArrayList<>(rows.size());
                            rows.forEach(row -> items.add(item(row)));
                            return new PageResult<>(items, total);
                        }));
    }

    private Uni<Void> known(String follower) {
        return sql.run(KNOWN, follower)
                .invoke(rows -> {
                    if (!rows.iterator().next().getBoolean(0)) {
                        throw new NotFound("There is no such follower");
                    }
                })
                .replaceWithVoid();
    }

    private static AsideItem item(Row row) {
        return new AsideItem(
                row.getLong(0),
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInteger(4),
                row.getOffsetDateTime(5).toInstant());
    }

    /**
     * Has a follower process an item that was put aside, exactly once.
     *
     * @return whether it was processed; false when it is no longer stored, and is dropped; fails with
     *     {@link NotFound}, and with {@link Conflict} when the follower fails again, or this process does not have it
     */
    public Uni<Boolean> retry(String follower, long item) {
        return known(follower).chain(() -> {
            Follower<?> known = registry.get(follower);
            if (known == null) {
                throw new Conflict("Follower " + follower + " belongs to another version of the service");
            }
            return retry(known, item);
        });
    }

    private <T extends FeedItem> Uni<Boolean> retry(Follower<T> follower, long item) {
        return sql.inTransaction(transaction -> transaction
                        .run(ITEM, follower.name(), item)
                        .map(rows -> {
                            var found = rows.iterator();
                            if (!found.hasNext()) {
                                throw new NotFound("No such item is put aside");
                            }
                            return found.next();
                        })
                        .chain(row -> Sources.of(follower.feed())
                                .one(transaction, row.getInteger(0), new Position(row.getString(1), row.getLong(2))))
                        .chain(found -> handle(follower, found, transaction))
                        .call(() -> transaction.run(DELETE, follower.name(), item)))
                .onFailure(failure -> !(failure instanceof NotFound))
                .recoverWithUni(failure -> sql.run(RETRIED, follower.name(), item, FollowerTable.text(failure))
                        .chain(() -> Uni.createFrom()
                                .failure(new Conflict("The follower has failed again: it is still put aside"))));
    }

    private static <T extends FeedItem> Uni<Boolean> handle(Follower<T> follower, T item, Statements transaction) {
        return item == null
                ? Uni.createFrom().item(false)
                : follower.handle(List.of(item), transaction).replaceWith(true);
    }
}
